import { probeInvalid } from '../../../lib/rules/pods/probe-invalid';
import { testRule } from '../expectations';

function found(pod: string, field: string, message: string, help: string): string {
  return `
      error NL537 probe-invalid
      on Pod shop/${pod} at spec.${field}
      ${message}
      help: ${help}
      `;
}

testRule(probeInvalid, [
  {
    name: 'probes and handlers that do nothing, or two things',
    input: `
      - Pod shop/a: { containers: [{ livenessProbe: {}, readinessProbe: { periodSeconds: 5 }, lifecycle: { preStop: {} } }] }
      - Pod shop/b: { containers: [{ livenessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }] }
      - Pod shop/c: { containers: [{ startupProbe: { exec: {} }, lifecycle: { postStart: { exec: { command: [] } } } }] }
    `,
    expected: [
      found(
        'a',
        'containers.0.livenessProbe',
        'livenessProbe does nothing',
        'write one of exec, grpc, httpGet or tcpSocket',
      ),
      found(
        'a',
        'containers.0.lifecycle.preStop',
        'preStop does nothing',
        'write one of exec, httpGet, sleep or tcpSocket',
      ),
      found(
        'a',
        'containers.0.readinessProbe',
        'readinessProbe does nothing',
        'write one of exec, grpc, httpGet or tcpSocket',
      ),
      found(
        'b',
        'containers.0.livenessProbe.tcpSocket',
        'livenessProbe has httpGet and tcpSocket, and may do one thing',
        'keep one of them',
      ),
      found('c', 'containers.0.startupProbe.exec', 'exec has no command', 'write the command, a list of words'),
      found('c', 'containers.0.lifecycle.postStart.exec', 'exec has no command', 'write the command, a list of words'),
    ],
  },
  {
    name: 'requests',
    input: `
      - Pod shop/a: { containers: [{ livenessProbe: { httpGet: { port: 80, scheme: https, httpHeaders: [{ name: Host }, { name: 'a b' }, { value: x }] } } }] }
    `,
    expected: [
      found(
        'a',
        'containers.0.livenessProbe.httpGet.httpHeaders.1',
        '"a b" is not the name of a header',
        'use letters, digits and hyphens',
      ),
      found(
        'a',
        'containers.0.livenessProbe.httpGet.httpHeaders.2',
        'the header has no name',
        'use letters, digits and hyphens',
      ),
      found(
        'a',
        'containers.0.livenessProbe.httpGet.scheme',
        'the scheme is "https", and must be HTTP or HTTPS',
        'write it in capital letters, or leave it out for HTTP',
      ),
    ],
  },
  {
    name: 'numbers',
    input: `
      - Pod shop/a: { containers: [{ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2, periodSeconds: -1, terminationGracePeriodSeconds: 0 } }] }
      - Pod shop/b: { containers: [{ readinessProbe: { tcpSocket: { port: 80 }, successThreshold: 2, terminationGracePeriodSeconds: 5 } }] }
    `,
    expected: [
      found(
        'a',
        'containers.0.livenessProbe.periodSeconds',
        'periodSeconds is -1',
        'write a number that is not negative',
      ),
      found(
        'a',
        'containers.0.livenessProbe.successThreshold',
        'successThreshold of the livenessProbe is 2, and must be 1',
        'leave it out: only a readinessProbe waits for several successes',
      ),
      found(
        'a',
        'containers.0.livenessProbe.terminationGracePeriodSeconds',
        'terminationGracePeriodSeconds is 0',
        'write at least 1, or leave it out for that of the pod',
      ),
      found(
        'b',
        'containers.0.readinessProbe.terminationGracePeriodSeconds',
        'a readinessProbe has no terminationGracePeriodSeconds',
        'remove it: a pod that is not ready is not ended',
      ),
    ],
  },
  {
    name: 'init containers that end, and readiness gates',
    input: `
      - Pod shop/a: { initContainers: [{ readinessProbe: { tcpSocket: { port: 80 } }, lifecycle: {} }], containers: [], readinessGates: [{ conditionType: a b }, { conditionType: example.com/ready }] }
    `,
    expected: [
      found(
        'a',
        'initContainers.0.lifecycle',
        'an init container that ends has no lifecycle',
        'remove lifecycle, or make the container a sidecar with restartPolicy: Always',
      ),
      found(
        'a',
        'initContainers.0.readinessProbe',
        'an init container that ends has no readinessProbe',
        'remove readinessProbe, or make the container a sidecar with restartPolicy: Always',
      ),
      found(
        'a',
        'readinessGates.0',
        'the conditionType "a b" of the readiness gate is not a qualified name',
        'use at most 63 letters, digits, hyphens, underscores and dots, after an optional DNS name and a slash, as the controller of the condition says',
      ),
    ],
  },
  {
    name: 'silent: what is right',
    input: `
      - Pod shop/a:
          initContainers: [{ restartPolicy: Always, readinessProbe: { tcpSocket: { port: 80 } } }]
          containers:
            - { livenessProbe: null, readinessProbe: { grpc: { port: 80 } }, lifecycle: {} }
            - { livenessProbe: { exec: { command: [test] }, successThreshold: 1 }, lifecycle: { preStop: { sleep: { seconds: 5 } } } }
            - { startupProbe: { httpGet: { path: /, port: 80, scheme: HTTPS, httpHeaders: [{ name: X-Probe, value: a }] }, periodSeconds: 0 } }
    `,
    expected: [],
  },
]);
