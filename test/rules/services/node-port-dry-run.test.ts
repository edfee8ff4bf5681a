import fc from 'fast-check';
import { networkModel } from '../../../lib/model';
import { runRules } from '../../../lib/rules';
import { nodePortDryRun } from '../../../lib/rules/services/node-port-dry-run';
import { sourceObject, testRule } from '../expectations';

const found = (field: string, nodePort: number, port: number): string => `
  warning NL267 node-port-dry-run
  on Service shop/web at ${field}
  a server-side dry run of the new Service gives ${nodePort} to port ${port} before it, which asks for none, and then refuses it here
  help: kubectl diff fails until the Service is there: list the ports without nodePort last, or give each of them a nodePort
`;

testRule(
  nodePortDryRun,
  (
    [
      [
        'planned, unplanned, planned',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30000 }, { port: 2 }, { port: 3, nodePort: 30001 }] }',
        [found('spec.ports.2.nodePort', 30001, 2)],
      ],
      [
        'after two guesses',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30000 }, { port: 2 }, { port: 4 }, { port: 3, nodePort: 30002 }] }',
        [found('spec.ports.3.nodePort', 30002, 4)],
      ],
      [
        'the largest number counts, not the last',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30009 }, { port: 5, nodePort: 30000 }, { port: 2 }, { port: 3, nodePort: 30010 }] }',
        [found('spec.ports.3.nodePort', 30010, 2)],
      ],
      [
        'the guess where no port has a number',
        '{ type: LoadBalancer, ports: [{ port: 1 }, { port: 2, nodePort: 32769 }] }',
        [found('spec.ports.1.nodePort', 32769, 1)],
      ],
      [
        'the port of the health check',
        '{ type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30001, ports: [{ port: 1, nodePort: 30000 }, { port: 2 }] }',
        [found('spec.healthCheckNodePort', 30001, 2)],
      ],
      [
        'silent: unplanned last',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30000 }, { port: 3, nodePort: 30001 }, { port: 2 }] }',
        [],
      ],
      [
        'silent: another number',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30000 }, { port: 2 }, { port: 3, nodePort: 30002 }] }',
        [],
      ],
      [
        'silent: the same port number shares',
        '{ type: NodePort, ports: [{ port: 53, nodePort: 30000 }, { name: u, port: 53, protocol: UDP }, { port: 3, nodePort: 30001 }] }',
        [],
      ],
      [
        'silent: the number comes later with the same port',
        '{ type: NodePort, ports: [{ port: 1, nodePort: 30000 }, { port: 53 }, { name: u, port: 53, protocol: UDP, nodePort: 30001 }] }',
        [],
      ],
      [
        'silent: a load balancer that gives none',
        '{ type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{ port: 1, nodePort: 30000 }, { port: 2 }, { port: 3, nodePort: 30001 }] }',
        [],
      ],
      ['silent: no node ports at all', '{ ports: [{ port: 1 }, { port: 2 }] }', []],
    ] as const
  ).map(([name, spec, expected]) => ({ name, input: `- Service shop/web: ${spec}`, expected })),
);

test('nothing is found where all ports with a number stand first, but for a health check', () => {
  const ports = fc.uniqueArray(fc.integer({ min: 30000, max: 30010 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(ports, fc.nat({ max: 4 }), (numbers, open) => {
      const spec = {
        type: 'NodePort',
        ports: [
          ...numbers.map((nodePort, index) => ({ name: `n${index}`, port: index + 1, nodePort })),
          ...Array.from({ length: open }, (_, index) => ({ name: `o${index}`, port: index + 100 })),
        ],
      };
      const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
      const model = networkModel([sourceObject(service, 'a')], {});
      expect(runRules([nodePortDryRun], model).findings).toEqual([]);
    }),
  );
});
