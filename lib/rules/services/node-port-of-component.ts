import { below, type NetworkModel, type ServicePort } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * kube-proxy takes what arrives at a node port on every address of a node, before a program of the node sees it. The usual range keeps clear of these
 * ports; a widened one does not ("Ports and Protocols" of the Kubernetes documentation).
 */
export const nodePortOfComponent: NetworkRule = {
  code: 'NL269',
  slug: 'node-port-of-component',
  severity: 'error',
  title: 'A node port is one on which a component of the cluster listens',
  check(model, report) {
    for (const service of model.services) {
      for (const port of service.ports) {
        const component = componentOf(port);
        if (component === undefined) continue;
        report({
          on: service.object,
          field: below(port.path, 'nodePort'),
          // Elsewhere than on the nodes that it runs on, the port is free.
          ...(!isOnEveryNode(component, model) && { severity: 'warning' }),
          message: `node port ${port.nodePort ?? ''}/${port.protocol} is the port of ${component.name}, whose connections the Service then takes on every node`,
          help: 'choose another node port, best one of 30000-32767',
        });
      }
    }
  },
};

interface Component {
  readonly name: string;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** Whether all nodes have it, whatever the cluster is made of. */
  readonly everywhere?: true;
  /** Where kubeadm makes the cluster, its control plane listens there. */
  readonly ofControlPlane?: true;
}

const COMPONENTS: readonly Component[] = [
  { name: 'SSH', protocol: 'TCP', first: 22, last: 22 },
  { name: 'BGP', protocol: 'TCP', first: 179, last: 179 },
  { name: 'etcd', protocol: 'TCP', first: 2379, last: 2380, ofControlPlane: true },
  { name: 'the health checks of Cilium', protocol: 'TCP', first: 4240, last: 4240 },
  { name: 'VXLAN', protocol: 'UDP', first: 4789, last: 4789 },
  { name: 'the API server', protocol: 'TCP', first: 6443, last: 6443, ofControlPlane: true },
  { name: 'VXLAN of Flannel and Cilium', protocol: 'UDP', first: 8472, last: 8472 },
  { name: 'the kubelet', protocol: 'TCP', first: 10250, last: 10250, everywhere: true },
  { name: 'the health check of kube-proxy', protocol: 'TCP', first: 10256, last: 10256 },
];

function componentOf({ nodePort, protocol }: ServicePort): Component | undefined {
  if (nodePort === undefined) return undefined;
  return COMPONENTS.find(
    (component) => component.protocol === protocol && component.first <= nodePort && nodePort <= component.last,
  );
}

function isOnEveryNode({ everywhere, ofControlPlane }: Component, { configs }: NetworkModel): boolean {
  if (everywhere) return true;
  return ofControlPlane === true && configs.some(({ kind }) => kind === 'ClusterConfiguration');
}
