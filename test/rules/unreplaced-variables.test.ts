import { networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { unreplacedVariable } from '../../lib/rules/unreplaced-variables';
import { objects } from './expectations';

const INPUT = `
  - Service shop/web: { type: LoadBalancer, loadBalancerIP: '\${IP}', selector: { app: '\${APP}' }, ports: [{ port: '\${PORT}' }] }
  - Service shop/typo: { clusterIp: '\${IP}', selector: { app: web }, ports: [{ port: 80 }] }
  - Pod shop/web: { labels: { app: web }, ports: [{ containerPort: 80 }], dnsPolicy: Nome }
  - Ingress shop/web: { rules: [{ host: 'web.\${DOMAIN}', http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
  - HTTPRoute shop/web: { hostnames: ['{{ .Values.host }}'], rules: [{ backendRefs: [{ name: $(NAME), port: 80 }] }] }
  - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: $LAN_CIDR } }] }] }
`;

function found(input: string): { readonly codes: string[]; readonly because: string[] } {
  const { findings, skipped } = runRules(NETWORK_RULES, networkModel(objects(input), {}));
  return {
    codes: findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    because: [...new Set(skipped.map(({ because }) => because))].filter((because) => because.startsWith('values')),
  };
}

test('nothing is said of values that are variables, nor of what follows from them, and the summary says so', () => {
  expect(found(INPUT)).toEqual({
    codes: ['NL310', 'NL920'],
    because: ['values are variables that are not replaced yet, such as ${APP}'],
  });
});

test('the same with values that are wrong: each of them is found', () => {
  const { codes, because } = found(INPUT.replace(/\$\{[A-Z]+\}|\{\{[^}]*\}\}|\$\(NAME\)|\$LAN_CIDR/g, 'NOT_VALID'));
  expect(new Set(codes)).toEqual(new Set(['NL231', 'NL261', 'NL310', 'NL403', 'NL405', 'NL431', 'NL503', 'NL920']));
  expect(because).toEqual([]);
});

test('annotations are of no account for what is said of an object as a whole', () => {
  const { because } = found(`
    - Service shop/web: { ports: [{ port: 80 }] }
      annotations: { card: '{{ .Title }}' }
    - Service shop/web: { ports: [{ port: 80 }] }
      annotations: { card: '{{ .Title }}' }
  `);
  expect(because).toEqual([]);
});

test('a dollar that starts no variable, and variables of a container', () => {
  const { because } = found(`
    - Ingress shop/web: { ingressClassName: nginx, rules: [{ http: { paths: [{ path: '/a(/|$)(.*)', pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
    - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, args: ['$(POD_IP)'] }] } } } }
  `);
  expect(because).toEqual([]);
});

test.each([
  [
    'arguments',
    { containers: [{ name: 'a', args: ['--ip=$(POD_IP)'], command: ['sh', '-c', 'echo $HOME'] }] },
    undefined,
  ],
  ['environment', { containers: [{ name: 'a', env: [{ name: 'URL', value: 'http://$(HOST)' }] }] }, undefined],
  ['the name of a container', { containers: [{ name: '${NAME}' }] }, '${NAME}'],
])('what a container does with variables is of no account: %s', (_, spec, expected) => {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
  const { objects: all } = networkModel(objects(`- manifest: ${JSON.stringify(manifest)}`), {});
  const violation = { on: all[0], field: ['spec', 'containers', 0], message: '', help: '' };
  expect(unreplacedVariable(violation)).toBe(expected);
});

test('a snippet is one, whatever its variables', () => {
  const { findings } = runRules(
    NETWORK_RULES,
    networkModel(
      objects(`
        - Ingress shop/web: { ingressClassName: nginx, rules: [] }
          annotations: { nginx.ingress.kubernetes.io/server-snippet: 'set $a "\${arg_b}";' }
      `),
      {},
    ),
  );
  expect(findings.map(({ code }) => code)).toContain('NL414');
});

test.each([
  ['registry.<your domain>', '<your domain>'],
  ['<ADD LUN ID Here>', '<ADD LUN ID Here>'],
  ['__INGRESS_HOST__', '__INGRESS_HOST__'],
  ['a.__HOST__.b', '__HOST__'],
  ['my__HOST__x', undefined],
  ['__host__', undefined],
  ['a < b > c', undefined],
  ['<>', undefined],
])('what a person replaces: %s', (host, expected) => {
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { externalName: host } };
  const { objects: all } = networkModel(objects(`- manifest: ${JSON.stringify(manifest)}`), {});
  const violation = { on: all[0], field: ['spec', 'externalName'], message: '', help: '' };
  expect(unreplacedVariable(violation)).toBe(expected);
});
