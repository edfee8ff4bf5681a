import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readRunbook, type RehearsedCluster, type Runbook } from '../../../lib/migration';

const FOLDER = join(__dirname, '../old-runbooks');

/** A runbook as the first version wrote it. */
export function oldRunbook(name: string): Runbook {
  const data: unknown = JSON.parse(readFileSync(join(FOLDER, name, 'runbook.json'), 'utf8'));
  const runbook = readRunbook(data, (path) => {
    const file = join(FOLDER, name, path);
    if (!existsSync(file)) return [];
    return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as unknown);
  });
  if (runbook === null) throw new Error(`${name} is no runbook`);
  return runbook;
}

const ZONE = 'topology.kubernetes.io/zone';

/** A cluster of kubeadm and Calico by manifest, with 10.244.0.0/16 by IPIP. */
export const KUBEADM_CALICO: RehearsedCluster = {
  distribution: 'kubeadm',
  networkPlugin: 'calico',
  kubernetesVersion: null,
  clusterDomain: 'cluster.local',
  calicoApi: 'calicoctl',
  calicoOperator: false,
  kubeadm: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', extraArgs: {} },
  staticPods: {
    'kube-apiserver': { 'service-cluster-ip-range': '10.96.0.0/16' },
    'kube-controller-manager': {
      'allocate-node-cidrs': 'true',
      'cluster-cidr': '10.244.0.0/16',
      'service-cluster-ip-range': '10.96.0.0/16',
    },
  },
  copies: {},
  kubeProxy: { clusterCIDR: '10.244.0.0/16', detectLocalMode: '', interfaceNamePrefix: '' },
  pluginRanges: {},
  pools: [
    {
      name: 'default-ipv4-ippool',
      cidr: '10.244.0.0/16',
      encapsulation: 'IPIP',
      disabled: false,
      nodeLabels: {},
      allowedUses: [],
    },
  ],
  nodes: ['a', 'b', 'c'].map((zone, index) => ({
    name: `zone ${zone}`,
    count: 80,
    labels: { [ZONE]: zone },
    podCidrs: [[`10.244.${index}.0/24`]],
    tunnels: {},
    pods: [{ addresses: [`10.244.${index}.7`] }],
  })),
  serviceRanges: [],
  services: [
    { name: 'default/kubernetes', ipFamilyPolicy: 'SingleStack', clusterIps: ['10.96.0.1'], loadBalancerIps: [] },
  ],
  loadBalancerPools: [],
};
