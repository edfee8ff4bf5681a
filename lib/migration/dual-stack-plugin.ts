import { formatCidr, type IpFamily } from '../address';
import { usualBlockSize } from '../syntax/calico-pool';
import { modes } from './calico-manifests';
import { applyPools, deletePool, showPools } from './calico-steps';
import { byFamily } from './cidr-text';
import { FACTS } from './component-facts';
import { flannelStep } from './configuration-steps';
import type { DualStack } from './dual-stack-spec';
import { podsOf } from './look-steps';
import { CILIUM_VALUES, ciliumUpgrade, rolledOut } from './node-ranges';
import { apply, check, command, type StageDraft } from './runbook';

/** The pods of calico-node write the CNI configuration of their node when they start. */
const CALICO_NODES = 'kubectl -n kube-system rollout status daemonset calico-node --timeout=30m';

/** The stage in which the network plugin learns of the second family. */
export function pluginStage(migration: DualStack, second: IpFamily): StageDraft {
  const { cni, podCidrs, calicoOperator, calicoApi } = migration;
  const cidr = byFamily(podCidrs, second);
  const text = cidr === undefined ? '' : formatCidr(cidr);
  const shared = {
    id: 'network-plugin',
    title: `The network plugin gives ${second} addresses`,
    purpose: 'Pods that are made from here on have addresses of both families.',
    disruption: 'none',
    effects: [cni === 'calico' ? FACTS.calicoNode : cni === 'cilium' ? FACTS.ciliumAgent : FACTS.flannel],
  } as const;
  if (cni === 'calico') {
    const name = `default-${second.toLowerCase()}-ippool`;
    const blockSize = usualBlockSize(second);
    return {
      ...shared,
      files: calicoOperator
        ? []
        : [
            {
              path: 'ippools.yaml',
              documents: [
                {
                  apiVersion: 'projectcalico.org/v3',
                  kind: 'IPPool',
                  metadata: { name },
                  spec: {
                    cidr: text,
                    blockSize,
                    ...modes('None'),
                    natOutgoing: second === 'IPv4',
                    nodeSelector: 'all()',
                  },
                },
              ],
            },
          ],
      steps: (folder) => [
        ...(calicoOperator
          ? [
              command(
                'Add the pool to spec.calicoNetwork.ipPools of the Installation, which the operator owns',
                `kubectl patch installations.operator.tigera.io default --type=json --patch='${JSON.stringify([{ op: 'add', path: '/spec/calicoNetwork/ipPools/-', value: { name, cidr: text, blockSize, encapsulation: 'None', natOutgoing: second === 'IPv4' ? 'Enabled' : 'Disabled', nodeSelector: 'all()' } }])}'`,
              ),
            ]
          : [
              apply('Apply the pool', applyPools(calicoApi, `${folder}/ippools.yaml`)),
              command(
                `Set "assign_${second.toLowerCase()}": "true" in the CNI configuration, and ${second === 'IPv6' ? 'IP6=autodetect and FELIX_IPV6SUPPORT=true' : 'IP=autodetect'} for calico-node`,
                'kubectl -n kube-system edit configmap calico-config',
                `kubectl -n kube-system set env daemonset/calico-node ${second === 'IPv6' ? 'IP6=autodetect FELIX_IPV6SUPPORT=true' : 'IP=autodetect'}`,
                CALICO_NODES,
              ),
            ]),
        check(
          'The pool is there',
          name,
          showPools(calicoApi, 'NAME:.metadata.name,CIDR:.spec.cidr,DISABLED:.spec.disabled'),
        ),
      ],
      undo: () => [
        ...(calicoOperator
          ? []
          : [
              // A pod that asks for an address of a family that no pool has is not started (Calico cni-plugin/pkg/ipamplugin).
              command(
                `Set "assign_${second.toLowerCase()}": "false" in the CNI configuration again, before the pool goes`,
                'kubectl -n kube-system edit configmap calico-config',
                `kubectl -n kube-system set env daemonset/calico-node ${second === 'IPv6' ? 'IP6- FELIX_IPV6SUPPORT=false' : 'IP=none'}`,
                CALICO_NODES,
              ),
            ]),
        check(
          'No pod has an address of it',
          '"nothing that was read has" it. Else restart those pods once the pool is disabled',
          ...podsOf(cidr === undefined ? [] : [cidr]),
        ),
        calicoOperator
          ? command(
              'Take the pool out of spec.calicoNetwork.ipPools of the Installation',
              'kubectl get installations.operator.tigera.io default -o json > installation.json',
              `jq '{spec: {calicoNetwork: {ipPools: [.spec.calicoNetwork.ipPools[] | select(.name != "${name}")]}}}' installation.json > installation.patch`,
              'kubectl patch installations.operator.tigera.io default --type=merge --patch-file=installation.patch',
            )
          : command('Remove the pool', deletePool(calicoApi, name)),
      ],
    };
  }
  if (cni === 'cilium') {
    const values = {
      [second.toLowerCase()]: { enabled: true },
      ipam: { operator: { [`clusterPool${second}PodCIDRList`]: [text] } },
    };
    return {
      ...shared,
      files: [{ path: CILIUM_VALUES, documents: [values] }],
      steps: (folder) => [
        apply('Give the family to Cilium', ciliumUpgrade(`${folder}/${CILIUM_VALUES}`)),
        ...rolledOut('kube-system', 'cilium'),
        check(
          'Nodes have a pod CIDR of it',
          text,
          'kubectl get ciliumnodes -o custom-columns=NAME:.metadata.name,CIDRS:.spec.ipam.podCIDRs',
        ),
      ],
      undo: { kind: 'irreversible', because: 'an element of the list of the cluster pool cannot be removed again' },
    };
  }
  const networkField = second === 'IPv6' ? 'IPv6Network' : 'Network';
  return {
    ...shared,
    files: [],
    steps: () => [
      check(
        'The backend carries both families',
        'vxlan, host-gw or wireguard',
        `kubectl -n kube-flannel get configmap kube-flannel-cfg -o yaml | grep -A2 Backend`,
      ),
      flannelStep({ [second === 'IPv6' ? 'EnableIPv6' : 'EnableIPv4']: true, [networkField]: text }),
    ],
    undo: () => [flannelStep({ [second === 'IPv6' ? 'EnableIPv6' : 'EnableIPv4']: false })],
  };
}
