import { ingressBackendPort } from '../../../lib/rules/ingress/ingress-backend-port';
import { testRule } from '../expectations';

function route(service: string, port: string): string {
  return `{ rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${service}, port: ${port} } } }] } }] }`;
}

testRule(ingressBackendPort, [
  {
    name: 'an alias that has ports, and not this one',
    input: `
      - Service shop/away: { type: ExternalName, externalName: db.example.com, ports: [{ port: 443 }] }
      - Ingress shop/web: { defaultBackend: { service: { name: away, port: { number: 80 } } } }
      - Ingress shop/api: { defaultBackend: { service: { name: away, port: { number: 443 } } } }
    `,
    expected: [
      `
      warning NL403 ingress-backend-port
      on Ingress shop/web at spec.defaultBackend.service.port
      Service shop/away has no port 80
      help: it has 443
      see Service shop/away at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'a port that is there for another protocol alone',
    input: `
      - Service shop/dns: { ports: [{ name: dns, port: 53, protocol: UDP }, { name: web, port: 80 }, { name: h3, port: 80, protocol: UDP }] }
      - Ingress shop/web: ${route('dns', '{ number: 53 }')}
      - Ingress shop/both: ${route('dns', '{ number: 80 }')}
    `,
    expected: [
      `
      error NL403 ingress-backend-port
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.port
      Service shop/dns has its port 53 for UDP, and requests come over TCP
      help: it has 53 (dns), 80 (web), 80 (h3)
      see Service shop/dns at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'the port of the pod instead of the port of the Service',
    input: `
      - Service shop/web: { ports: [{ port: 80, targetPort: 8080 }] }
      - Ingress shop/web: ${route('web', '{ number: 8080 }')}
    `,
    expected: [
      `
      error NL403 ingress-backend-port
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.port
      Service shop/web has no port 8080
      help: it has 80
      see Service shop/web at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'a name that no port has',
    input: `
      - Service shop/web: { ports: [{ name: http, port: 80 }, { name: metrics, port: 9090 }] }
      - Ingress shop/a: ${route('web', '{ name: https }')}
      - Ingress shop/b: ${route('web', "{ name: '80' }")}
      - Ingress shop/c: ${route('web', '{ number: 65536 }')}
    `,
    expected: [
      `
      error NL403 ingress-backend-port
      on Ingress shop/a at spec.rules.0.http.paths.0.backend.service.port
      Service shop/web has no port named https
      help: it has 80 (http), 9090 (metrics)
      see Service shop/web at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'a Service without ports, as the default backend',
    input: `
      - Service shop/web: { clusterIP: None }
      - Ingress shop/web: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [
      `
      error NL403 ingress-backend-port
      on Ingress shop/web at spec.defaultBackend.service.port
      Service shop/web has no port 80
      help: the Service has no ports
      see Service shop/web at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'silent: by number, by name, with the unused one of the two set to nothing',
    input: `
      - Service shop/web: { ports: [{ name: http, port: 80 }] }
      - Ingress shop/a: ${route('web', '{ number: 80 }')}
      - Ingress shop/b: ${route('web', '{ name: http }')}
      - Ingress shop/c: ${route('web', '{ number: 0, name: http }')}
      - Ingress shop/d: ${route('web', "{ number: 80, name: '' }")}
    `,
    expected: [],
  },
  {
    name: 'silent: ExternalName, a Service that is not there, no port at all',
    input: `
      - Service shop/ext: { type: ExternalName, externalName: example.com }
      - Service shop/web: { ports: [{ port: 80 }] }
      - Ingress shop/a: ${route('ext', '{ number: 443 }')}
      - Ingress shop/b: ${route('gone', '{ number: 443 }')}
      - Ingress shop/c: ${route('web', '{}')}
      - Ingress shop/d: ${route('web', '80')}
    `,
    expected: [],
  },
]);
