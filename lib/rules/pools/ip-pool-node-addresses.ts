import { addressBits, type IpFamily } from '../../address';
import {
  at,
  below,
  concat,
  type ConfigDocument,
  integer,
  type IpPool,
  isCalico,
  member,
  type ModelObject,
  type NetworkModel,
} from '../../model';
import type { NetworkRule } from '../network-rule';

/** `maxBlocksPerHost` where nothing is said: 0 in the API, and this in effect (libcalico-go, ipam.go). */
const USUAL_BLOCKS = 20;

/** kubelet.config.k8s.io/v1beta1: `maxPods`. */
const USUAL_PODS = 110;

/** "cannot allocate new block due to per host block limit": the pods that come after it do not start. */
export const ipPoolNodeAddresses: NetworkRule = {
  code: 'NL649',
  slug: 'ip-pool-node-addresses',
  severity: 'warning',
  title: 'The blocks that a node may have hold fewer addresses than it runs pods',
  check(model, report) {
    const kubelet = model.configs.find(({ kind }) => kind === 'KubeletConfiguration');
    const pods = (kubelet && integer(member(kubelet.value, 'maxPods'))) ?? USUAL_PODS;
    const { limit, on } = blockLimit(model);
    for (const family of ['IPv4', 'IPv6'] as const) {
      const pool = largestBlocks(family, model.ipPools);
      if (pool === undefined) continue;
      const bits = addressBits(family) - pool.blockSize;
      const addresses = limit * 2 ** bits;
      if (bits < 0 || addresses >= pods) continue;
      const ofPool = { on: pool.object, field: below(pool.path, 'blockSize') };
      const ofLimit = on && { on, field: ['spec', 'maxBlocksPerHost'] };
      report({
        ...(ofLimit ?? ofPool),
        message: `a node may have ${limit} blocks of /${pool.blockSize}, which are ${addresses} addresses, and run ${pods} pods`,
        related: concat(
          ofLimit === undefined ? [] : [{ ...ofPool, message: 'the largest blocks' }],
          maxPodsField(kubelet),
        ),
        help:
          on === undefined
            ? 'use a pool of larger blocks (a smaller blockSize); it cannot be changed in place'
            : 'raise maxBlocksPerHost, or use a pool of larger blocks',
      });
    }
  },
};

function blockLimit(model: NetworkModel): { readonly limit: number; readonly on?: ModelObject } {
  const settings = model
    .ofKind('IPAMConfiguration')
    .find((object) => isCalico(object, 'IPAMConfiguration') && object.ref.name === 'default');
  const limit = settings && integer(at(settings.manifest, 'spec', 'maxBlocksPerHost'));
  return limit === undefined || limit <= 0 ? { limit: USUAL_BLOCKS } : { limit, on: settings };
}

/** Nodes may have all of their blocks of it. */
function largestBlocks(family: IpFamily, pools: readonly IpPool[]): IpPool | undefined {
  const [first, ...others] = pools.filter(
    ({ cidr, forWorkloads, disabled }) => cidr.family === family && forWorkloads && !disabled,
  ) as [IpPool | undefined, ...IpPool[]];
  return first && others.reduce((a, b) => (b.blockSize < a.blockSize ? b : a), first);
}

function maxPodsField(
  kubelet: ConfigDocument | undefined,
): readonly { on: ModelObject; field: readonly (string | number)[]; message: string }[] {
  if (kubelet === undefined) return [];
  return [{ on: kubelet.object, field: kubelet.fieldOf(['maxPods']), message: 'the pods of a node' }];
}
