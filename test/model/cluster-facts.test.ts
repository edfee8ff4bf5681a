import { formatCidr } from '../../lib/address';
import { type ClusterFacts, networkModel, type NetworkModel } from '../../lib/model';
import { facts, objects } from '../rules/expectations';

const KUBEADM = 'apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration';
const KUBE_PROXY = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration';
const KUBELET = 'apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration';

function configMap(name: string, data: string): string {
  return `- manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: kube-system }, data: { ${data} } }`;
}

function model(input: string, known: Parameters<typeof facts>[0] = {}): NetworkModel {
  return networkModel(objects(input), facts(known));
}

function texts(cidrs: ClusterFacts['podCidrs']): string | undefined {
  return cidrs?.map(formatCidr).join(',');
}

/** What was said, by whom, where. */
function stated({ statements }: NetworkModel): string[] {
  return statements.ranges.map(
    ({ setting, entries, object }) =>
      `${setting}: ${entries.map((entry) => entry.text).join(',')} (${object.ref.kind} ${entries[0].path.join('.')})`,
  );
}

describe('pods', () => {
  test.each([
    [`- manifest: { ${KUBEADM}, networking: { podSubnet: '10.1.0.0/16,fd00::/56' } }`, '10.1.0.0/16,fd00::/56'],
    [configMap('kubeadm-config', `ClusterConfiguration: 'networking: { podSubnet: 10.1.0.0/16 }'`), '10.1.0.0/16'],
    [`- manifest: { ${KUBE_PROXY}, clusterCIDR: 10.2.0.0/16 }`, '10.2.0.0/16'],
    [`- manifest: { ${KUBE_PROXY}, detectLocalMode: NodeCIDR, clusterCIDR: 10.2.0.0/16 }`, undefined],
    [configMap('kube-proxy', `config.conf: 'clusterCIDR: 10.2.0.0/16'`), '10.2.0.0/16'],
    [configMap('kube-flannel-cfg', `net-conf.json: '{"Network": "10.3.0.0/16"}'`), '10.3.0.0/16'],
    [
      configMap(
        'cilium-values',
        `values.yaml: 'ipam: { operator: { clusterPoolIPv4PodCIDRList: [10.6.0.0/16], clusterPoolIPv6PodCIDRList: [fd06::/104] } }'`,
      ),
      '10.6.0.0/16',
    ],
    [
      configMap(
        'cilium-values',
        `values.yaml: '{ ipv6: { enabled: true }, ipam: { operator: { clusterPoolIPv4PodCIDRList: [10.6.0.0/16, 10.7.0.0/16], clusterPoolIPv6PodCIDRList: fd06::/104 } } }'`,
      ),
      '10.6.0.0/16,10.7.0.0/16,fd06::/104',
    ],
    [
      configMap(
        'cilium-values',
        `values.yaml: 'ipam: { mode: multi-pool, operator: { autoCreateCiliumPodIPPools: { default: { ipv4: { cidrs: [10.6.0.0/16, 10.7.0.0/16], maskSize: 24 } } } } }'`,
      ),
      '10.6.0.0/16,10.7.0.0/16',
    ],
    [
      configMap(
        'cilium-config',
        `ipam: multi-pool, auto-create-cilium-pod-ip-pools: 'default=ipv4-cidrs:10.6.0.0/16,10.7.0.0/16;ipv4-mask-size:24;ipv6-cidrs:fd06::/104;ipv6-mask-size:120'`,
      ),
      '10.6.0.0/16,10.7.0.0/16,fd06::/104',
    ],
    [configMap('cilium-values', `values.yaml: '{{'`), undefined],
    [
      configMap(
        'kube-flannel-cfg',
        `net-conf.json: '{"Network": "10.3.0.0/16", "EnableIPv6": true, "IPv6Network": "fd00::/56"}'`,
      ),
      '10.3.0.0/16,fd00::/56',
    ],
    [
      configMap('cilium-config', 'ipam: cluster-pool, cluster-pool-ipv4-cidr: 10.4.0.0/16 10.5.0.0/16'),
      '10.4.0.0/16,10.5.0.0/16',
    ],
    [configMap('cilium-config', 'ipam: kubernetes, cluster-pool-ipv4-cidr: 10.4.0.0/16'), undefined],
    ['- CiliumPodIPPool a: { ipv4: { cidrs: [10.6.0.0/16] } }', '10.6.0.0/16'],
    ['- IPPool a: { cidr: 10.7.0.0/16 }\n- IPPool b: { cidr: 10.8.0.0/16, disabled: true }', '10.7.0.0/16'],
    [
      `- manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ command: [kube-controller-manager, --cluster-cidr=10.9.0.0/16] }] } }`,
      '10.9.0.0/16',
    ],
    [`- manifest: { cluster-cidr: '10.1.0.0/16,fd00::/56', cluster-dns: 10.2.0.10 }`, '10.1.0.0/16,fd00::/56'],
    [`- manifest: { cluster-cidr: [10.1.0.0/16, 'fd00::/56'] }`, '10.1.0.0/16,fd00::/56'],
    [`- manifest: { kind: X, cluster-cidr: 10.1.0.0/16 }`, undefined],
    ['- Service shop/web: {}', undefined],
  ])('%s', (input, expected) => {
    expect(texts(model(input).facts.podCidrs)).toBe(expected);
  });

  test('what an object states counts before what the caller knows, and that before the pools of a network plugin', () => {
    const pool = '- IPPool a: { cidr: 10.7.0.0/16 }';
    expect(texts(model(pool, { podCidrs: '10.0.0.0/8' }).facts.podCidrs)).toBe('10.0.0.0/8');
    const both = `${pool}\n- manifest: { ${KUBEADM}, networking: { podSubnet: 10.7.0.0/16 } }`;
    expect(texts(model(both, { podCidrs: '10.0.0.0/8' }).facts.podCidrs)).toBe('10.7.0.0/16');
    expect(texts(model(both, { podCidrs: '10.0.0.0/8' }).givenFacts.podCidrs)).toBe('10.0.0.0/8');
  });
});

describe('services', () => {
  test.each([
    [`- manifest: { ${KUBEADM}, networking: { serviceSubnet: 10.97.0.0/16 } }`, '10.97.0.0/16'],
    [`- manifest: { ${KUBEADM} }`, '10.96.0.0/12'],
    [
      `- manifest: { ${KUBEADM}, apiServer: { extraArgs: [{ name: service-cluster-ip-range, value: 10.98.0.0/16 }] } }`,
      '10.98.0.0/16',
    ],
    [
      '- ServiceCIDR kubernetes: { cidrs: [10.96.0.0/24] }\n- ServiceCIDR more: { cidrs: [10.99.0.0/24] }',
      '10.96.0.0/24,10.99.0.0/24',
    ],
    ['- ServiceCIDR more: { cidrs: [10.99.0.0/24] }', undefined],
    [
      `- manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ command: [kube-apiserver, 7], args: ['--service-cluster-ip-range=10.98.0.0/16,fd00::/112'] }] } }`,
      '10.98.0.0/16,fd00::/112',
    ],
    [
      `- manifest: { apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ command: [--service-cluster-ip-range=10.98.0.0/16] }] } }`,
      undefined,
    ],
  ])('%s', (input, expected) => {
    expect(texts(model(input).facts.serviceCidrs)).toBe(expected);
  });

  test('an extra ServiceCIDR adds to what the caller knows, which counts before the default of kubeadm', () => {
    const input = `- manifest: { ${KUBEADM} }\n- ServiceCIDR more: { cidrs: [10.99.0.0/24] }`;
    expect(texts(model(input, { serviceCidrs: '10.43.0.0/16' }).facts.serviceCidrs)).toBe('10.43.0.0/16,10.99.0.0/24');
  });
});

test('settings that differ are those of several clusters, and say nothing about one', () => {
  const several = `
    - manifest: { ${KUBEADM}, networking: { podSubnet: 10.1.0.0/16 } }
    - manifest: { ${KUBEADM}, networking: { podSubnet: 10.2.0.0/16 } }
    - manifest: { ${KUBELET}, clusterDomain: a.example }
    - manifest: { ${KUBELET}, clusterDomain: b.example }
  `;
  expect(stated(model(several))).toEqual([]);
  expect(model(several).facts.podCidrs).toBeUndefined();
  expect(model(several).facts.clusterDomain).toBeUndefined();
});

test('a statement knows its object and its field', () => {
  const input = `
    - manifest: { ${KUBEADM}, networking: { podSubnet: 10.1.0.0/16 }, controllerManager: { extraArgs: { cluster-cidr: 10.1.0.0/16 } } }
    ${configMap('kube-proxy', `config.conf: 'clusterCIDR: 10.1.0.0/16'`)}
    - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/24, x] }
  `;
  expect(stated(model(input))).toEqual([
    'podSubnet of kubeadm: 10.1.0.0/16 (ClusterConfiguration networking.podSubnet)',
    'cluster-cidr of the controller manager: 10.1.0.0/16 (ClusterConfiguration controllerManager.extraArgs.cluster-cidr)',
    'clusterCIDR of kube-proxy: 10.1.0.0/16 (ConfigMap data.config.conf)',
    'ServiceCIDR: 10.96.0.0/24,x (ServiceCIDR spec.cidrs.0)',
  ]);
});

test('the cluster domain and the name servers of the kubelet', () => {
  const { facts: known, statements } = model(`
    - manifest: { ${KUBELET}, clusterDomain: corp.example, clusterDNS: [10.96.0.10, 7] }
  `);
  expect(known.clusterDomain).toBe('corp.example');
  expect(statements.dnsAddresses.map(({ value, path }) => [value, path.join('.')])).toEqual([
    ['10.96.0.10', 'clusterDNS.0'],
  ]);
});

test('text in a ConfigMap that is no configuration says nothing', () => {
  const bomb = `a: &a [1, 1]\\nb: &b [*a, *a]`;
  const { configs } = model(`
    ${configMap('kubeadm-config', `ClusterConfiguration: '{{'`)}
    ${configMap('kube-proxy', 'config.conf: 7')}
    ${configMap('kubelet-config', `other: 'clusterDNS: []'`)}
    ${configMap('kube-flannel-cfg', `net-conf.json: "${bomb}"`)}
  `);
  expect(configs.map(({ kind }) => kind)).toEqual(['FlannelNetwork']);
});

describe('k3s and RKE2', () => {
  const CONFIG = `- manifest: { service-cidr: 10.2.0.0/16, cluster-dns: '10.2.0.10, fd00:2::a', cluster-domain: prod.example, service-node-port-range: 20000-21000 }`;
  test('say what kubeadm says', () => {
    const { facts: known, statements } = model(CONFIG);
    expect(texts(known.serviceCidrs)).toBe('10.2.0.0/16');
    expect(known.clusterDomain).toBe('prod.example');
    expect(known.nodePortRange).toEqual({ first: 20000, last: 21000 });
    expect(statements.dnsAddresses.map(({ setting, value }) => `${setting} ${value}`)).toEqual([
      'cluster-dns of k3s 10.2.0.10',
      'cluster-dns of k3s fd00:2::a',
    ]);
  });

  test('two that differ are those of two clusters', () => {
    const other = `- manifest: { service-cidr: 10.3.0.0/16, service-node-port-range: 30000-32767 }`;
    const { facts: known } = model(`${CONFIG}\n${other}`, { serviceCidrs: '10.9.0.0/16' });
    expect(texts(known.serviceCidrs)).toBe('10.9.0.0/16');
    expect(known.nodePortRange).toBeUndefined();
  });
});

test.each([
  ['a list', `apiServer: { extraArgs: [{ name: service-node-port-range, value: 20000-21000 }] }`],
  ['a map', `apiServer: { extraArgs: { service-node-port-range: 20000-21000 } }`],
])('node ports of kubeadm, in %s', (_name, args) => {
  expect(model(`- manifest: { ${KUBEADM}, ${args} }`).facts.nodePortRange).toEqual({ first: 20000, last: 21000 });
});
