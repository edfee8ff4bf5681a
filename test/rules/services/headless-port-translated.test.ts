import { headlessPortTranslated } from '../../../lib/rules/services/headless-port-translated';
import { testRule } from '../expectations';

const PODS = `
      - StatefulSet db/search: { labels: { app: search }, ports: [{ name: http, containerPort: 9200 }] }`;

testRule(headlessPortTranslated, [
  {
    name: 'by number, and by name',
    input: `
      - Service db/search: { clusterIP: None, selector: { app: search }, ports: [{ port: 80, targetPort: 9200 }] }
      - Service db/named: { clusterIP: None, selector: { app: search }, ports: [{ port: 80, targetPort: http }] }${PODS}`,
    expected: [
      `
      info NL270 headless-port-translated
      on Service db/named at spec.ports.0.port
      port 80 of the headless Service leads nowhere: clients reach the pods themselves, and have to ask for 9200
      help: write port: 9200, or give the Service an address
      `,
      `
      info NL270 headless-port-translated
      on Service db/search at spec.ports.0.port
      port 80 of the headless Service leads nowhere: clients reach the pods themselves, and have to ask for 9200
      help: write port: 9200, or give the Service an address
      `,
    ],
  },
  {
    name: 'silent: the same port, a name that no pod has, and a Service with an address',
    input: `
      - Service db/search: { clusterIP: None, selector: { app: search }, ports: [{ port: 9200 }, { name: b, port: 9200, targetPort: http }] }
      - Service db/named: { clusterIP: None, selector: { app: search }, ports: [{ port: 80, targetPort: metrics }] }
      - Service db/usual: { selector: { app: search }, ports: [{ port: 80, targetPort: 9200 }] }${PODS}`,
    expected: [],
  },
]);
