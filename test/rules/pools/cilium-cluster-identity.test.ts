import { ciliumClusterIdentity } from '../../../lib/rules/pools/cilium-cluster-identity';
import { testRule } from '../expectations';

const CONFIG = 'apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data';
const VALUES = 'apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-values, namespace: kube-system }, data';

function refused(key: string, message: string, help: string): string {
  return `
      error NL642 cilium-cluster-identity
      on ConfigMap kube-system/cilium-config at data.${key}
      ${message}
      help: ${help}
      `;
}

testRule(ciliumClusterIdentity, [
  {
    name: 'an id beyond the size of the mesh',
    input: `- manifest: { ${CONFIG}: { cluster-id: '256', cluster-name: a } }`,
    expected: [
      refused(
        'cluster-id',
        'cluster-id 256 is not from 0 to 255',
        'give each cluster of the mesh a number of its own, from 1',
      ),
    ],
  },
  {
    name: 'a size that there is not',
    input: `- manifest: { ${CONFIG}: { cluster-id: '256', cluster-name: a, max-connected-clusters: '256' } }`,
    expected: [
      refused(
        'max-connected-clusters',
        'max-connected-clusters is 256, and Cilium takes 255 or 511',
        'use 255, or 511 in all clusters of the mesh',
      ),
    ],
  },
  {
    name: 'a name that Cilium refuses',
    input: `- manifest: { ${CONFIG}: { cluster-id: '1', cluster-name: West_1 } }`,
    expected: [
      refused(
        'cluster-name',
        'cluster-name "West_1" is no name of at most 32 lower-case letters, digits and hyphens',
        'give the cluster another name',
      ),
    ],
  },
  {
    name: 'a number without a name',
    input: `- manifest: { ${CONFIG}: { cluster-id: '1' } }`,
    expected: [
      refused('cluster-name', 'cluster-name is default, and cluster-id 1', 'give the cluster a name of its own'),
    ],
  },
  {
    name: 'in values of the Helm chart',
    input: `- manifest: { ${VALUES}: { values.yaml: 'cluster: { id: 300, name: west }' } }`,
    expected: [
      `
      error NL642 cilium-cluster-identity
      on ConfigMap kube-system/cilium-values at data.values.yaml
      cluster-id 300 is not from 0 to 255
      help: give each cluster of the mesh a number of its own, from 1
      `,
    ],
  },
  {
    name: 'silent: in no mesh',
    input: `- manifest: { ${CONFIG}: { cluster-id: '0', cluster-name: default } }`,
    expected: [],
  },
  {
    name: 'silent: 511 clusters',
    input: `- manifest: { ${CONFIG}: { cluster-id: '511', cluster-name: a, max-connected-clusters: '511' } }`,
    expected: [],
  },
]);
