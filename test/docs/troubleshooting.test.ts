import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCTOR_RULES, serviceChain } from '../../lib/doctor';
import { networkModel } from '../../lib/model';
import { serviceText } from '../../lib/output/text/doctor-text';
import { PLAIN } from '../../lib/output/text/palette';
import { OUTSIDE } from '../../lib/reach/filter';
import { healthyWorld, sources } from '../doctor/worlds';

const page = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

test('every check of doctor stands in the table', () => {
  const named = new Set([...page.matchAll(/^\|.*\[(NL\d+)\]\(rules\/\1\.md\)/gm)].map(([, code]) => code));
  for (const { code } of DOCTOR_RULES) expect(named).toContain(code);
});

test('the way to a Service is as it is shown', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'inside', namespace: 'shop' },
    spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
  };
  const model = networkModel(sources([...healthyWorld({ nodes: 3, services: 2, replicas: 2 }), policy]), {});
  const service = model.service('shop', 'web0');
  if (service === undefined) throw new Error('there is no Service web0');
  const shown = serviceText(
    { service: 'shop/web0', links: serviceChain(model, service, { name: 'outside', party: OUTSIDE }) },
    PLAIN,
  );
  expect(page).toContain(`--from outside\n${shown}`);
});
