import { podSubdomain } from '../../../lib/rules/dns/pod-subdomain';
import { testRule } from '../expectations';

testRule(podSubdomain, [
  {
    name: 'no Service of the name',
    input: `
      - Pod shop/a: { hostname: a, subdomain: peers }
    `,
    expected: [
      `
      warning NL307 pod-subdomain
      on Pod shop/a at spec.subdomain
      subdomain peers names no Service of namespace shop, so that the pods have no DNS names
      help: add a headless Service peers that selects the pods, or leave subdomain out
      `,
    ],
  },
  {
    name: 'a similar name, and a Service that is not headless',
    input: `
      - Deployment shop/a: { subdomain: peesr, labels: { app: a } }
      - Service shop/peers: { clusterIP: None, selector: { app: a } }
      - CronJob shop/b: { subdomain: web, labels: { app: a } }
      - Service shop/web: { selector: { app: a }, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL307 pod-subdomain
      on CronJob shop/b at spec.jobTemplate.spec.template.spec.subdomain
      subdomain web names a Service that is not headless, so that the pods have no DNS names
      help: set clusterIP: None in a Service of that name
      see Service shop/web at spec.clusterIP: the Service
      `,
      `
      warning NL307 pod-subdomain
      on Deployment shop/a at spec.template.spec.subdomain
      subdomain peesr names no Service of namespace shop, so that the pods have no DNS names
      help: did you mean Service shop/peers?
      see Service shop/peers at metadata.name: a similar name
      `,
    ],
  },
  {
    name: 'silent: a headless Service, and pods without a subdomain',
    input: `
      - Pod shop/a: { hostname: a, subdomain: peers }
      - Service shop/peers: { clusterIP: None, selector: { app: a } }
      - Pod shop/b: { subdomain: '' }
      - Pod shop/c: { hostname: c }
    `,
    expected: [],
  },
]);
