import {
  concat,
  type ConfigDocument,
  extraArgument,
  type FieldPath,
  flatMap,
  member,
  type ModelObject,
  type NetworkModel,
  staticPodArgument,
  text,
} from '../../model';
import { type Component, usualComponentsIn } from '../../plan';
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
  title: 'The node ports overlap ports that nodes use themselves',
  check(model, report) {
    for (const { object, path, content } of writtenRanges(model)) {
      const match = /^([0-9]+)-([0-9]+)$/.exec(content);
      if (match === null) continue;
      const range = { first: Number(match[1]), last: Number(match[2]) };
      const common = { on: object, field: path };
      const components = usualComponentsIn(range);
      if (components.length > 0) {
        report({
          ...common,
          message: `${NODE_PORTS} ${content} contains ${components.map(componentText).join(', ')}: a Service without a nodePort may be given one of these ports, and takes it on every node`,
          help: `start the range above ${Math.max(...components.map(({ last }) => last))}; the usual one is 30000-32767`,
        });
      }
      if (range.last < EPHEMERAL.first || range.first > EPHEMERAL.last) continue;
      report({
        ...common,
        message: `${NODE_PORTS} ${content} overlaps ${EPHEMERAL.first}-${EPHEMERAL.last}, from which Linux takes the ports of outgoing connections`,
        help: `end the range at ${EPHEMERAL.first - 1}, or change net.ipv4.ip_local_port_range on all nodes and say so with a suppression`,
      });
    }
  },
};

function componentText({ name, first, last }: Component): string {
  return `${first === last ? first : `${first}-${last}`} of ${name}`;
}

interface WrittenRange {
  readonly object: ModelObject;
  readonly path: FieldPath;
  readonly content: string;
}

function writtenRanges({ configs, ofKind }: NetworkModel): readonly WrittenRange[] {
  return concat(
    flatMap(configs, (config) =>
      rangesOf(config).map(({ path, content }) => ({ object: config.object, path: config.fieldOf(path), content })),
    ),
    flatMap(ofKind('Pod'), (object) =>
      staticPodArgument(object, 'kube-apiserver', NODE_PORTS).map((argument) => ({ object, ...argument })),
    ),
  );
}

function rangesOf(config: ConfigDocument): readonly { readonly path: FieldPath; readonly content: string }[] {
  if (config.kind === 'ClusterConfiguration') return extraArgument(config, 'apiServer', NODE_PORTS);
  return config.kind === 'K3sConfig'
    ? [{ path: [NODE_PORTS], content: text(member(config.value, NODE_PORTS)) ?? '' }]
    : [];
}
