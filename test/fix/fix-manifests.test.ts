import fc from 'fast-check';
import { ALL_RULES } from '../../lib/catalogue/rule-catalogue';
import { compareText } from '../../lib/finding/finding';
import { fileFixes, fixManifests } from '../../lib/fix';
import type { ManifestFile } from '../../lib/manifests';
import { check, file, fix, fixedText } from './fixing';

const service = (spec: string, metadata = 'name: web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec:\n  selector: { app: web }\n${spec}`;
const ports = (port: string): string => service(`  ports:\n    - ${port}\n`);
const policy = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec:\n  podSelector: {}\n${spec}`;
const from = (block: string): string =>
  policy(`  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - ipBlock: ${block}\n`);
const ingress = (rule: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec:\n  rules:\n    - ${rule}\n`;
const slice = (body: string): string =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: s }\n${body}`;
const pod = (probe: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - livenessProbe: ${probe}\n`;
const backend = 'backend: { service: { name: web, port: { number: 80 } } }';

/** A document with a hole, what stands in it, and what stands there afterwards. */
const MENDED: readonly (readonly [string, (token: string) => string, string, string])[] = [
  ['a quoted port', (x) => ports(`port: ${x} # the port`), '"80"', '80'],
  ['a port in single quotes', (x) => ports(`{ port: ${x} }`), "'80'", '80'],
  ['a target port in quotes', (x) => ports(`{ port: 80, targetPort: ${x} }`), '"8080"', '8080'],
  ['a protocol in lower case', (x) => ports(`{ port: 80, protocol: ${x} }`), 'tcp', 'TCP'],
  ['a protocol in quotes', (x) => ports(`{ port: 80, protocol: ${x} }`), "'udp'", "'UDP'"],
  [
    'an annotation of MetalLB',
    (x) => service('  ports: [{ port: 80 }]\n', `name: web, annotations: { ${x}: key }`),
    'metallb.io/allow-shared',
    'metallb.io/allow-shared-ip',
  ],
  ['a Service type', (x) => service(`  type: ${x}\n  ports: [{ port: 80 }]\n`), '"nodeport"', '"NodePort"'],
  [
    'a family policy',
    (x) => service(`  ipFamilyPolicy: ${x}\n  ports: [{ port: 80 }]\n`),
    'singleStack',
    'SingleStack',
  ],
  [
    'an IP family',
    (x) => service(`  ipFamilies: [IPv4, ${x}]\n  ipFamilyPolicy: PreferDualStack\n  ports: [{ port: 80 }]\n`),
    'ipv6',
    'IPv6',
  ],
  [
    'host bits of the pod range of kube-proxy',
    (x) => `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: ${x}\n`,
    '10.49.0.1/13',
    '10.48.0.0/13',
  ],
  ['a session affinity', (x) => service(`  sessionAffinity: ${x}\n  ports: [{ port: 80 }]\n`), 'clientip', 'ClientIP'],
  ['an empty field', (x) => ports(`port: 80${x}`), '\n      appProtocol: ""', ''],
  ['an empty field in braces', (x) => ports(`{ port: 80${x} }`), ', appProtocol: ""', ''],
  [
    'a label that is a number',
    (x) => service('  ports: [{ port: 80 }]\n', `name: web, labels: { v: ${x} }`),
    '1.10',
    '"1.10"',
  ],
  [
    'a label that is yes',
    (x) => service('  ports: [{ port: 80 }]\n', `name: web, labels: { v: ${x} }`),
    'yes',
    '"yes"',
  ],
  [
    'a label that is octal',
    (x) => service('  ports: [{ port: 80 }]\n', `name: web, labels: { v: ${x} }`),
    '0123',
    '"0123"',
  ],
  ['a name that is a number', (x) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${x}\n`, '123', '"123"'],
  ['a misspelled field', (x) => service(`  ports:\n    - port: 80\n      ${x}: http\n`), 'targetport', 'targetPort'],
  [
    'a misspelled field in quotes',
    (x) => service(`  ports: [{ port: 80, ${x}: http }]\n`),
    '"targtPort"',
    '"targetPort"',
  ],
  ['host bits', (x) => from(`{ cidr: ${x} }`), '10.0.0.9/24', '10.0.0.0/24'],
  ['host bits of IPv6', (x) => from(`{ cidr: ${x} }`), '"fd00::1/64"', '"fd00::/64"'],
  ['host bits of an exception', (x) => from(`{ cidr: 10.0.0.0/8, except: [${x}] }`), '10.1.2.3/16', '10.1.0.0/16'],
  ['a policy type', (x) => policy(`  policyTypes: [${x}]\n`), 'egress', 'Egress'],
  [
    'policy types that appear twice',
    (x) => policy(`  policyTypes:\n    - Ingress\n    - Egress\n${x}`),
    '    - Egress\n',
    '',
  ],
  ['policy types in brackets', (x) => policy(`  policyTypes: [Ingress, Egress${x}]\n`), ', Ingress', ''],
  ['a path type', (x) => ingress(`http: { paths: [{ path: /, pathType: ${x}, ${backend} }] }`), 'prefix', 'Prefix'],
  [
    'a host',
    (x) => ingress(`{ host: ${x}, http: { paths: [{ path: /, pathType: Exact, ${backend} }] } }`),
    'Shop.example.com',
    'shop.example.com',
  ],
  ['a kind', (x) => `apiVersion: v1\nkind: ${x}\nmetadata: { name: a }\n`, 'configmap', 'ConfigMap'],
  ['an API group', (x) => `apiVersion: ${x}\nkind: Deployment\nmetadata: { name: a }\n`, 'v1', 'apps/v1'],
  ['a missing API version', (x) => `# a\n${x}kind: ConfigMap\nmetadata: { name: a }\n`, '', 'apiVersion: v1\n'],
  [
    'an old API version',
    (x) => `apiVersion: ${x}\nkind: IngressClass\nmetadata: { name: a }\nspec: { controller: example.com/a }\n`,
    'networking.k8s.io/v1beta1',
    'networking.k8s.io/v1',
  ],
  [
    'an invisible character',
    (x) => service('  ports: [{ port: 80 }]\n', `name: web, annotations: { a: ${x} }`),
    'b\u00a0',
    'b',
  ],
  [
    'an IPv4-mapped address',
    (x) => service(`  clusterIP: ${x}\n  ports: [{ port: 80 }]\n`),
    '"::ffff:10.96.0.9"',
    '"10.96.0.9"',
  ],
  [
    'both cluster addresses',
    (x) => service(`  clusterIP: ${x}\n  clusterIPs: [${x}]\n  ports: [{ port: 80 }]\n`),
    '"::ffff:10.96.0.10"',
    '"10.96.0.10"',
  ],
  [
    'a pool of MetalLB',
    (x) =>
      `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: a, namespace: metallb-system }\nspec: { addresses: [${x}] }\n`,
    '192.0.2.9/24',
    '192.0.2.0/24',
  ],
  [
    'a pool of Calico',
    (x) => `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: a }\nspec:\n  cidr: ${x}\n`,
    '10.48.0.1/16',
    '10.48.0.0/16',
  ],
  [
    'a Service type of a list',
    (x) =>
      `apiVersion: v1\nkind: List\nitems:\n  - ${service(`  type: ${x}\n  ports: [{ port: 80 }]\n`).trimEnd().replaceAll('\n', '\n    ')}\n`,
    'clusterIp',
    'ClusterIP',
  ],
  [
    'a field of a pool',
    (x) =>
      `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: b, namespace: metallb-system }\nspec: { addresses: [198.51.100.0/24], ${x}: false }\n`,
    'autoassign',
    'autoAssign',
  ],
  [
    'an external IP',
    (x) => service(`  externalIPs: [${x}]\n  ports: [{ port: 80 }]\n`),
    '"::ffff:203.0.113.77"',
    '"203.0.113.77"',
  ],
  [
    'a source range',
    (x) => service(`  type: LoadBalancer\n  loadBalancerSourceRanges: [${x}]\n  ports: [{ port: 80 }]\n`),
    '192.0.2.1/24',
    '192.0.2.0/24',
  ],
  ['a traffic policy', (x) => service(`  internalTrafficPolicy: ${x}\n  ports: [{ port: 80 }]\n`), 'local', 'Local'],
  [
    'a ServiceCIDR',
    (x) => `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: a }\nspec: { cidrs: [${x}] }\n`,
    '"FD00:0::/112"',
    '"fd00::/112"',
  ],
  ['the type of a slice', (x) => slice(`addressType: ${x}\nendpoints: [{ addresses: [10.0.0.1] }]\n`), 'ipv4', 'IPv4'],
  [
    'an address of a slice',
    (x) => slice(`addressType: IPv4\nendpoints: [{ addresses: [${x}] }]\n`),
    '"::ffff:10.0.0.1"',
    '"10.0.0.1"',
  ],
  [
    'the scope of a class',
    (x) =>
      `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: b }\nspec:\n  controller: example.com/a\n  parameters: { kind: A, name: a, scope: ${x} }\n`,
    'cluster',
    'Cluster',
  ],
  [
    'the port of a listener',
    (x) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: g }\nspec:\n  gatewayClassName: a\n  listeners: [{ name: l, port: ${x}, protocol: HTTP }]\n`,
    '"80"',
    '80',
  ],
  [
    'the host of a route',
    (x) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: r }\nspec: { hostnames: [${x}] }\n`,
    'Shop.example.com',
    'shop.example.com',
  ],
  [
    'the port of a policy',
    (x) => policy(`  policyTypes: [Ingress]\n  ingress: [{ ports: [{ port: ${x} }] }]\n`),
    '"80"',
    '80',
  ],
  [
    'an operator',
    (x) =>
      policy(
        `  policyTypes: [Ingress]\n  ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: a, operator: ${x}, values: [b] }] } }] }]\n`,
      ),
    'in',
    'In',
  ],
  [
    'a value of a selector',
    (x) =>
      policy(
        `  policyTypes: [Ingress]\n  ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: a, operator: In, values: [${x}] }] } }] }]\n`,
      ),
    'on',
    '"on"',
  ],
  [
    'a mode of Calico',
    (x) =>
      `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: b }\nspec: { cidr: 10.49.0.0/16, vxlanMode: ${x} }\n`,
    'crosssubnet',
    'CrossSubnet',
  ],
  [
    'a pool of Cilium',
    (x) =>
      `apiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: { name: a }\nspec: { blocks: [{ cidr: ${x} }] }\n`,
    '198.51.100.9/24',
    '198.51.100.0/24',
  ],
  [
    'a number of base 60',
    (x) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { ports: ${x} }\n`,
    '22:22',
    '"22:22"',
  ],
  [
    'the tier of a ClusterNetworkPolicy',
    (x) =>
      `apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: { name: p }\nspec: { tier: ${x}, priority: 1, subject: { namespaces: {} } }\n`,
    'admin',
    'Admin',
  ],
  [
    'the CAs of a BackendTLSPolicy',
    (x) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: { name: p }\nspec:\n  targetRefs: [{ group: '', kind: Service, name: web }]\n  validation: { wellKnownCACertificates: ${x}, hostname: web.example.com }\n`,
    'system',
    'System',
  ],
  [
    'a text that is a number',
    (x) =>
      `${ingress(`{ host: b.example.com, http: { paths: [{ path: /, pathType: Prefix, ${backend} }] } }`)}  tls: [{ hosts: [b.example.com], secretName: ${x} }]\n`,
    '80',
    '"80"',
  ],
  [
    'the name server of a pod',
    (x) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  dnsConfig: { nameservers: [${x}] }\n  containers: [{ name: p, image: p }]\n`,
    "'::ffff:10.0.0.9'",
    "'10.0.0.9'",
  ],
  ['the scheme of a probe', (x) => pod(`{ httpGet: { port: 80, scheme: ${x} } }`), 'https', 'HTTPS'],
  ['a period in quotes', (x) => pod(`{ tcpSocket: { port: 80 }, periodSeconds: ${x} }`), '"5"', '5'],
  [
    'host bits of the range of a node',
    (x) => `apiVersion: v1\nkind: Node\nmetadata: { name: node }\nspec:\n  podCIDRs:\n    - ${x}\n`,
    '10.244.1.1/24',
    '10.244.1.0/24',
  ],
  [
    'the protocol of a listener',
    (x) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: g }\nspec:\n  gatewayClassName: c\n  listeners: [{ name: http, port: 80, protocol: ${x} }]\n`,
    'http',
    'HTTP',
  ],
  [
    'a protocol in a policy of Cilium',
    (x) =>
      `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: web, namespace: shop }\nspec:\n  endpointSelector: {}\n  ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: ${x} }] }] }]\n`,
    'tcp',
    'TCP',
  ],
];

test.each(MENDED)('mends %s', (_, document, before, after) => {
  expect(fixedText(document(before))).toBe(document(after));
});

const workload = (selector: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  selector: ${selector}\n  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }\n`;

test.each([
  ['a number for the labels of a selector', workload('{ matchLabels: 0 }')],
  ['true for the labels of a selector', workload('{ matchLabels: true }')],
  ['a number for the expressions of a selector', workload('{ matchExpressions: 1 }')],
  ['a number for a selector', workload('1')],
  ['a number for the selector of a Service', service('  ports: [{ port: 80 }]\n').replace('{ app: web }', '1')],
  ['a number for labels of a Service', service('  ports: [{ port: 80 }]\n').replace('app: web', 'matchLabels: 0')],
  ['a number for labels', service('  ports: [{ port: 80 }]\n', 'name: web, labels: 0')],
  [
    'a misspelt selector that is none',
    service('  selectors: 1\n  ports: [{ port: 80 }]\n').replace('  selector: { app: web }\n', ''),
  ],
])('a scalar where a mapping belongs gets no quotes and no other name: %s', (_, text) => {
  expect(check([file('a.yaml', text)]).findings.some(({ severity }) => severity === 'error')).toBe(true);
  expect(fixedText(text)).toBe(text);
});

test('every rule that is called fixable mends something here, and no other does', () => {
  const codes = MENDED.flatMap(([, document, before]) => {
    const files = [file('a.yaml', document(before))];
    return fileFixes(check(files).findings, files).map(({ finding }) => finding.code);
  });
  expect([...new Set(codes)].sort(compareText)).toEqual(
    ALL_RULES.flatMap(({ code, fixable = false }) => (fixable ? [code] : [])),
  );
});

test.each([
  ['leading zeros of an address', service('  clusterIP: 010.96.0.9\n  ports: [{ port: 80 }]\n')],
  ['leading zeros of a CIDR', from('{ cidr: 010.0.0.0/24 }')],
  ['a CIDR without prefix length', from('{ cidr: 10.0.0.0 }')],
  ['a missing path type', ingress(`http: { paths: [{ path: /, ${backend} }] }`)],
  ['a path without slash', ingress(`http: { paths: [{ path: a, pathType: Exact, ${backend} }] }`)],
  ['a misspelled field beside the right one', service('  ports: [{ port: 80, targetport: 1, targetPort: 2 }]\n')],
  ['a field at the wrong place', service('  ports: [{ port: 80 }]\n  targetPort: 80\n')],
  ['a port that is no number', ports('{ port: "eighty" }')],
  ['a value that an alias shares', `${ports('port: &p "80"')}      targetPort: *p\n`],
  ['a value that a merge key brings', service('  x: &x { protocol: tcp }\n  ports: [{ <<: *x, port: 80 }]\n')],
  [
    'the older schema of an Ingress',
    'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: { name: i }\nspec: { backend: { serviceName: a, servicePort: 1 } }\n',
  ],
  ['a value of several lines', ports('{ port: "8\\\n  0" }')],
  ['a field whose line has a comment', ports('port: 80\n      appProtocol: "" # none')],
  ['a document that cannot be read', `${ports('port: "80"')}  a: [\n`],
  ['a template', ports('port: "80"\n      targetPort: {{ .Values.port }}')],
])('leaves alone %s', (_, text) => {
  expect(fixedText(text)).toBe(text);
});

test('every broken document of a stream, and the items of lists', () => {
  const item = (port: string): string =>
    `{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" },\n "spec": { "selector": { "a": "b" }, "ports": [{ "port": ${port} }] } }`;
  const list = (port: string): string => `{ "apiVersion": "v1", "kind": "List", "items": [${item(port)}] }`;
  expect(fixedText(list('"80"'), 'a.json')).toBe(list('80'));
  expect(fixedText(`${item('"80"')}\n${item('"81"').replace('"a"', '"b"')}`, 'a.json')).toBe(
    `${item('80')}\n${item('81').replace('"a"', '"b"')}`,
  );
  expect(fixedText(`a: [\n---\n${ports('port: "80"')}`)).toBe(`a: [\n---\n${ports('port: 80')}`);
});

test('JSON gets a missing API version on a line of its own', () => {
  const json = (line: string): string => `{\n${line}  "kind": "ConfigMap",\n  "metadata": { "name": "a" }\n}\n`;
  expect(fixedText(json(''), 'a.json')).toBe(json('  "apiVersion": "v1",\n'));
});

test('a fix that would bring another mistake to light is not made, and the others are', () => {
  const taken = file('a.yaml', service('  clusterIP: 10.96.0.9\n  ports: [{ port: 80 }]\n', 'name: a'));
  const hidden = service('  clusterIP: 10.96.0.9\n  ports: [{ port: "81" }]\n', 'name: b').replace(
    'Service',
    'service',
  );
  const other = file('c.yaml', ports('port: "80"'));
  const { changed, fixed, result } = fix([taken, file('b.yaml', hidden), other]);
  expect([...changed.keys()]).toEqual(['c.yaml']);
  expect(fixed).toBe(1);
  expect(result.findings.map(({ code }) => code)).toEqual(['NL934']);
});

test('the namespace of an object may come to light', () => {
  const text = (key: string): string => ports('port: 80').replace('name: web', `name: web, ${key}: shop`);
  expect(fixedText(text('\u00a0namespace'))).toBe(text('namespace'));
});

test('what comes to light and can be mended is mended too', () => {
  expect(fixedText(ports('port: "80"').replace('Service', 'service'))).toBe(ports('port: 80'));
});

test('many fixes that are not good do not keep anybody waiting, and hold up no other', () => {
  const taken = service('  clusterIP: 10.96.0.9\n  ports: [{ port: 80 }]\n', 'name: taken');
  const hidden = Array.from({ length: 200 }, (_, index) =>
    file(`h${index}.yaml`, taken.replace('taken', `h${index}`).replace('Service', 'service')),
  );
  const good = Array.from({ length: 200 }, (_, index) =>
    file(`g${index}.yaml`, ports('port: "80"').replace('web', `g${index}`)),
  );
  const files = [file('taken.yaml', taken), ...hidden, ...good];
  let checks = 0;
  const counted = (all: readonly ManifestFile[]): ReturnType<typeof check> => {
    checks++;
    return check(all);
  };
  const { changed } = fixManifests(files, check(files), counted);
  expect(changed.size).toBe(200);
  expect(checks).toBeLessThan(50);
});

const LINE_BREAKS = ['\n', '\r\n'];
const COMMENTS = ['', '# a comment: "80" tcp \u00a0\n', '\n\n', '---\n# x\n---\n'];

test('nothing but the mended token changes, and fixing twice is fixing once', () => {
  const cases = fc.record({
    parts: fc.uniqueArray(fc.tuple(fc.constantFrom(...MENDED), fc.constantFrom(...COMMENTS)), {
      minLength: 1,
      maxLength: 5,
      selector: ([[name]]) => name,
    }),
    lineBreak: fc.constantFrom(...LINE_BREAKS),
    mark: fc.constantFrom('', '\uFEFF'),
  });
  fc.assert(
    fc.property(cases, ({ parts, lineBreak, mark }) => {
      const text = (which: 2 | 3): string =>
        mark +
        parts
          .map(([part, comment], index) => `${comment}${named(part[1](part[which]), index)}`)
          .join(`---\n${mark}`)
          .replaceAll('\n', lineBreak);
      const once = fixedText(text(2));
      expect(once).toBe(text(3));
      expect(fixedText(once)).toBe(once);
    }),
    { numRuns: 60 },
  );
});

/** Each object in a namespace of its own, so that they have nothing to do with one another. */
function named(document: string, index: number): string {
  return document.replace(/name: (?!\d)(\w+)/, (all) =>
    `${all}, namespace: n${index}`.replace(/^name: 123.*/, 'name: 123'),
  );
}

test('fixing never adds an error', () => {
  const token = fc.constantFrom(
    '"80"',
    '80',
    'tcp',
    '::ffff:10.0.0.1',
    '10.0.0.9/8',
    '',
    '~',
    '[]',
    '{}',
    'yes',
    '1.10',
    '*a',
    '&a "80"',
    "'a'",
    '|\n  x',
  );
  const document = fc.tuple(fc.constantFrom(...MENDED), token).map(([[, make], value]) => make(value));
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
      const before = file('a.yaml', documents.join('---\n'));
      const { files, result } = fix([before]);
      const errors = (findings: readonly { severity: string }[]): number =>
        findings.filter(({ severity }) => severity === 'error').length;
      expect(errors(result.findings)).toBeLessThanOrEqual(errors(check([before]).findings));
      expect(fix(files).fixed).toBe(0);
    }),
    { numRuns: 150 },
  );
});
