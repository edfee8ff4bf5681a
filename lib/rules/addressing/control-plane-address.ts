import { formatAddress, type IpAddress } from '../../address';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  readIpAddress,
  text,
} from '../../model';
import { describeClaim } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from '../pods/pod-specs';
import { rangeClaims, relatedClaim } from './range-claims';

/** Everybody reaches the API server by this address, before there are pods and Services: nobody else may get it. */
export const controlPlaneAddress: NetworkRule = {
  code: 'NL163',
  slug: 'control-plane-address',
  severity: 'error',
  title: 'The address of the control plane lies in a range that others get addresses of',
  check(model, report) {
    const stated = concat(endpoints(model), virtualAddresses(model));
    if (stated.length === 0) return;
    // A range of pods that is only told may be the network of the nodes, where a cloud gives pods addresses of it.
    const claims = rangeClaims(model).filter(
      ({ role, on }) => role !== 'nodes' && (role !== 'pods' || on !== undefined),
    );
    for (const { what, address, object, path } of stated) {
      const holder = claims.find(
        ({ range }) => range.family === address.family && range.first <= address.value && address.value <= range.last,
      );
      if (holder === undefined) continue;
      report({
        on: object,
        field: path,
        // A Service may be the way to the control plane, and a pool may be kept from giving out the address.
        ...(holder.role === 'loadBalancers' && { severity: 'warning' }),
        message: `${what} ${formatAddress(address)} lies in the ${describeClaim(holder)}`,
        related: relatedClaim(holder, 'the range'),
        help: 'choose a free address of the network of the nodes, outside of every range of the cluster',
      });
    }
  },
};

interface StatedAddress {
  readonly what: string;
  readonly address: IpAddress;
  readonly object: ModelObject;
  readonly path: FieldPath;
}

/** `192.0.2.10:6443`, or a name, which may be anywhere. */
function endpoints({ configs }: NetworkModel): readonly StatedAddress[] {
  return flatMap(configs, ({ kind, object, value, fieldOf }) => {
    const endpoint = text(at(value, 'controlPlaneEndpoint'));
    if (kind !== 'ClusterConfiguration' || endpoint === undefined) return [];
    const parts: readonly (string | undefined)[] = /^(?:\[(.+)\]|([0-9.]+))(?::[0-9]+)?$/.exec(endpoint) ?? [];
    const address = readIpAddress(parts[1] ?? parts[2] ?? endpoint);
    if (address === undefined) return [];
    return [{ what: 'controlPlaneEndpoint', address, object, path: fieldOf(['controlPlaneEndpoint']) }];
  });
}

/** kube-vip: `address`, or `vip_address`. */
function virtualAddresses(model: NetworkModel): readonly StatedAddress[] {
  return flatMap(podSpecs(model), ({ object, path, spec }) =>
    flatMap(list(member(spec, 'containers')), (container, index) => {
      if (!IMAGE.test(text(member(container, 'image')) ?? '')) return [];
      return flatMap(list(member(container, 'env')), (variable, position) => {
        const name = text(member(variable, 'name')) ?? '';
        const address = readIpAddress(text(member(variable, 'value')));
        if (!VARIABLES.includes(name) || address === undefined) return [];
        return [
          {
            what: `${name} of kube-vip`,
            address,
            object,
            path: below(path, 'containers', index, 'env', position, 'value'),
          },
        ];
      });
    }),
  );
}

const IMAGE = /(^|\/)kube-vip(:|@|$)/;
const VARIABLES: readonly string[] = ['address', 'vip_address'];
