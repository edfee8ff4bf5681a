import type { NetworkRule } from '../../rules/network-rule';
import { dnsPods } from './dns-pods';

/** The node goes, and with it every name. */
export const dnsOnOneNode: NetworkRule = {
  code: 'NL321',
  slug: 'dns-on-one-node',
  severity: 'warning',
  title: 'The cluster DNS runs on one node',
  needs: ['dns'],
  concerns: (model) => dnsPods(model).length > 0,
  check(model, report) {
    const ready = dnsPods(model).filter(({ isReady }) => isReady);
    const nodes = new Set(ready.map(({ node }) => node));
    if (nodes.size !== 1 || model.nodes.length < 2) return;
    const [first] = ready;
    report({
      on: first.object,
      field: ['spec', 'nodeName'],
      message: `${ready.length === 1 ? 'the only pod of the cluster DNS is' : `all ${ready.length} pods of the cluster DNS are`} on node ${first.node ?? ''}, and the cluster has ${model.nodes.length} nodes`,
      help:
        ready.length === 1
          ? 'run two or more of them, on different nodes'
          : 'spread them: topologySpreadConstraints or a pod anti-affinity on kubernetes.io/hostname; deleting one of the pods is enough for now',
    });
  },
};
