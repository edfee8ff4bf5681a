import { addressBits, type Cidr, formatCidr } from '../../address';
import {
  concat,
  type ConfigDocument,
  countOfNodeRanges,
  type FieldPath,
  flatMap,
  hasOtherIpam,
  integer,
  k3sArguments,
  member,
  type ModelObject,
  type NetworkModel,
  type NodeRanges,
  nodeRangesOf,
} from '../../model';
import type { NetworkRule, Violation } from '../network-rule';

/** kubelet.config.k8s.io/v1beta1: `maxPods`. */
const USUAL_PODS = 110;

/** host-local keeps the network, the broadcast and the gateway address; Cilium one for its router in the place of the gateway. */
const KEPT_ADDRESSES = 3;

/** Where the number of nodes is no concern: it is less than this for any cluster. */
const MOST_BITS = 31;

/** `CIDRNotAvailable`: a node beyond the last range gets none; "no IP addresses available in range set": nor does a pod beyond the last address. */
export const nodeRangesTooSmall: NetworkRule = {
  code: 'NL139',
  slug: 'node-ranges-too-small',
  severity: 'warning',
  title: 'The ranges of nodes are too few for the nodes, or too small for their pods',
  check(model, report) {
    const ranges = nodeRangesOf(model);
    const counted = countsOf(model, ranges);
    for (const violation of concat(tooFewRanges(model, ranges), tooFewAddresses(counted), tooFewOnNodes(model))) {
      report(violation);
    }
  },
};

/** Those that pods get their addresses from. */
function countsOf(model: NetworkModel, ranges: readonly NodeRanges[]): PodCounts {
  const isOther = hasOtherIpam(model);
  return { model, ranges: ranges.filter(({ by }) => by === 'Cilium' || !isOther) };
}

interface PodCounts {
  readonly model: NetworkModel;
  readonly ranges: readonly NodeRanges[];
}

function tooFewRanges(model: NetworkModel, ranges: readonly NodeRanges[]): readonly Violation[] {
  const nodes = model.nodes.length;
  return flatMap(ranges, ({ by, on, field, setting, cidrs, mask }) => {
    const isHarmless = by === 'controller manager' && hasOtherIpam(model);
    const isHuge = cidrs.some(({ prefix }) => mask - prefix >= MOST_BITS);
    const count = countOfNodeRanges({ cidrs, mask });
    if (isHuge || count >= nodes) return [];
    return [
      {
        on,
        field,
        ...(!isHarmless && { severity: 'error' as const }),
        message: `${setting} ${cidrs.map(formatCidr).join(', ')} has ${count} ${count === 1 ? 'range' : 'ranges'} of /${mask}, and there are ${nodes} nodes`,
        help: isHarmless
          ? 'set allocate-node-cidrs of the controller manager to false: the network plugin does not need the ranges'
          : by === 'Cilium'
            ? 'add a range to the pool: a node without one runs no pods, and neither the ranges that are there nor their mask can be changed'
            : 'choose a larger range, or smaller ranges of nodes: a node without one runs no pods',
      },
    ];
  });
}

function tooFewAddresses({ model, ranges }: PodCounts): readonly Violation[] {
  return flatMap(flatMap(model.configs, maxPodsOf), ({ on, field, pods }) =>
    flatMap(ranges, ({ on: source, field: sourceField, cidrs: [cidr], mask, maskField }) =>
      usableOf({ ...cidr, prefix: mask }) >= pods
        ? []
        : [
            {
              on,
              field,
              message: podsText(pods, { ...cidr, prefix: mask }),
              related: [
                {
                  on: source,
                  field: maskField ?? sourceField,
                  message: maskField === undefined ? 'of which each node gets the usual range' : 'the range of a node',
                },
              ],
              help: 'set maxPods to what the range holds, or give nodes larger ranges',
            },
          ],
    ),
  );
}

interface MaxPods {
  readonly on: ModelObject;
  readonly field: FieldPath;
  readonly pods: number;
}

/** k3s and RKE2 have no usual file for the kubelet: there only what is written counts. */
function maxPodsOf({ kind, object: on, value, fieldOf }: ConfigDocument): readonly MaxPods[] {
  if (kind === 'KubeletConfiguration') {
    return [{ on, field: fieldOf(['maxPods']), pods: integer(member(value, 'maxPods')) ?? USUAL_PODS }];
  }
  if (kind !== 'K3sConfig') return [];
  return flatMap(k3sArguments(value, 'kubelet-arg', 'max-pods'), ({ path, content }) => {
    const pods = Number(content);
    return Number.isInteger(pods) ? [{ on, field: path, pods }] : [];
  });
}

/** What a Node says of itself: its range, and how many pods its kubelet takes. */
function tooFewOnNodes(model: NetworkModel): readonly Violation[] {
  if (hasOtherIpam(model)) return [];
  const short = flatMap(model.nodes, ({ object, maxPods, podCidrs }) => {
    const range = podCidrs.find(({ value }) => maxPods !== undefined && usableOf(value) < maxPods.value);
    return range === undefined || maxPods === undefined ? [] : [{ object, maxPods, range }];
  });
  if (short.length === 0) return [];
  const [{ object, maxPods, range }] = short;
  const others = short.length === 1 ? '' : `; ${short.length} Nodes are so`;
  return [
    {
      on: object,
      field: maxPods.path,
      message: `${podsText(maxPods.value, range.value)}${others}`,
      related: [{ on: object, field: range.path, message: 'the range of the node' }],
      help: 'set maxPods of the kubelet to what the range holds, or give nodes larger ranges: a Node keeps its own for life',
    },
  ];
}

function usableOf({ family, prefix }: Pick<Cidr, 'family' | 'prefix'>): number {
  return 2 ** (addressBits(family) - prefix) - KEPT_ADDRESSES;
}

function podsText(pods: number, range: Pick<Cidr, 'family' | 'prefix'>): string {
  return `a node may run ${pods} pods, and its /${range.prefix} has ${Math.max(usableOf(range), 0)} addresses for them`;
}
