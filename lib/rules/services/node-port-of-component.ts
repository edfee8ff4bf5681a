import { below, type NetworkModel, type ServicePort } from '../../model';
import { type Component, COMPONENT_PORTS } from '../../plan';
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

function componentOf({ nodePort, protocol }: ServicePort): Component | undefined {
  if (nodePort === undefined) return undefined;
  return COMPONENT_PORTS.find(
    (component) => component.protocol === protocol && component.first <= nodePort && nodePort <= component.last,
  );
}

function isOnEveryNode({ everywhere, ofControlPlane }: Component, { configs }: NetworkModel): boolean {
  if (everywhere) return true;
  return ofControlPlane === true && configs.some(({ kind }) => kind === 'ClusterConfiguration');
}
