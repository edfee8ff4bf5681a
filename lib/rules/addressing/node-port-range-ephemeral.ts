import { extraArgument, member, text } from '../../model';
import type { NetworkRule } from '../network-rule';

const NODE_PORTS = 'service-node-port-range';

/** `net.ipv4.ip_local_port_range` of Linux, unless somebody changed it. */
const EPHEMERAL = { first: 32768, last: 60999 };

/** kubernetes/kubernetes#111697: the documentation of the flag says that the ranges must not overlap, and nothing enforces it. */
export const nodePortRangeEphemeral: NetworkRule = {
  code: 'NL161',
  slug: 'node-port-range-ephemeral',
  severity: 'warning',
  layer: 'object',
  title: 'The node ports overlap the ports that nodes use for their own connections',
  check(model, report) {
    for (const config of model.configs) {
      const written =
        config.kind === 'ClusterConfiguration'
          ? extraArgument(config, 'apiServer', NODE_PORTS)
          : config.kind === 'K3sConfig'
            ? [{ path: [NODE_PORTS], content: text(member(config.value, NODE_PORTS)) ?? '' }]
            : [];
      for (const { path, content } of written) {
        const range = /^([0-9]+)-([0-9]+)$/.exec(content);
        if (range === null || Number(range[2]) < EPHEMERAL.first || Number(range[1]) > EPHEMERAL.last) continue;
        report({
          on: config.object,
          field: config.fieldOf(path),
          message: `${NODE_PORTS} ${content} overlaps ${EPHEMERAL.first}-${EPHEMERAL.last}, from which Linux takes the ports of outgoing connections`,
          help: `end the range at ${EPHEMERAL.first - 1}, or change net.ipv4.ip_local_port_range on all nodes and say so with a suppression`,
        });
      }
    }
  },
};
