import { addressBits, formatCidr } from '../../address';
import { concat, flatMap, integer, member, type NetworkModel } from '../../model';
import type { NetworkRule, Violation } from '../network-rule';
import { hasOtherIpam, nodeRangesOf, POD_SUBNET } from './node-ranges';

/** kubelet.config.k8s.io/v1beta1: `maxPods`. */
const USUAL_PODS = 110;

/** host-local keeps the network, the broadcast and the gateway address. */
const KEPT_ADDRESSES = 3;

/** `CIDRNotAvailable`: a node beyond the last range gets none; "no IP addresses available in range set": nor does a pod beyond the last address. */
export const nodeRangesTooSmall: NetworkRule = {
  code: 'NL139',
  slug: 'node-ranges-too-small',
  severity: 'warning',
  title: 'The ranges of nodes are too few for the nodes, or too small for their pods',
  check(model, report) {
    for (const violation of concat(tooFewRanges(model), tooFewAddresses(model))) report(violation);
  },
};

function tooFewRanges(model: NetworkModel): readonly Violation[] {
  const nodes = model.nodes.length;
  const isHarmless = hasOtherIpam(model);
  return flatMap(model.configs, (config) =>
    nodeRangesOf(config)
      .filter(({ cidr, mask }) => mask - cidr.prefix < 31 && 2 ** (mask - cidr.prefix) < nodes)
      .map(({ cidr, mask }) => ({
        on: config.object,
        field: config.fieldOf(POD_SUBNET),
        ...(!isHarmless && { severity: 'error' as const }),
        message: `podSubnet ${formatCidr(cidr)} has ${2 ** (mask - cidr.prefix)} ranges of /${mask}, and there are ${nodes} nodes`,
        help: isHarmless
          ? 'set allocate-node-cidrs of the controller manager to false: the network plugin does not need the ranges'
          : 'choose a larger range, or smaller ranges of nodes: a node without one runs no pods',
      })),
  );
}

function tooFewAddresses(model: NetworkModel): readonly Violation[] {
  if (hasOtherIpam(model)) return [];
  const kubelets = model.configs.filter(({ kind }) => kind === 'KubeletConfiguration');
  return flatMap(kubelets, (kubelet) => {
    const pods = integer(member(kubelet.value, 'maxPods')) ?? USUAL_PODS;
    return flatMap(model.configs, (config) =>
      flatMap(nodeRangesOf(config), ({ cidr, mask, maskField }) => {
        const bits = addressBits(cidr.family) - mask;
        const usable = 2 ** bits - KEPT_ADDRESSES;
        if (usable >= pods) return [];
        return [
          {
            on: kubelet.object,
            field: kubelet.fieldOf(['maxPods']),
            message: `a node may run ${pods} pods, and its /${mask} has ${Math.max(usable, 0)} addresses for them`,
            related: [
              {
                on: config.object,
                field: config.fieldOf(maskField ?? POD_SUBNET),
                message: maskField === undefined ? 'of which each node gets the usual range' : 'the range of a node',
              },
            ],
            help: 'set maxPods to what the range holds, or give nodes larger ranges',
          },
        ];
      }),
    );
  });
}
