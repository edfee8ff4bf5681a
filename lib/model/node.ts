import type { Cidr, IpAddress } from '../address';
import { readCidr, readIpAddress } from './address-text';
import { at, list, member, nonEmpty, text, textMap } from './json';
import { flatMap } from './lists';
import type { FieldValue } from './service';
import type { FieldPath, ModelObject } from './source-object';

export interface Node {
  readonly object: ModelObject;
  readonly name: string;
  /** Those that are written; the kubelet and the cloud add others. */
  readonly labels: ReadonlyMap<string, string>;
  /** What node IPAM gave to it, as far as it can be read: `spec.podCIDRs`, or `spec.podCIDR` where that is all. */
  readonly podCidrs: readonly FieldValue<Cidr>[];
  readonly internalIps: readonly FieldValue<IpAddress>[];
  /** How many pods its kubelet takes, if the Node says it. */
  readonly maxPods: FieldValue<number> | undefined;
}

export function readNode(object: ModelObject): Node {
  const spec = member(object.manifest, 'spec');
  const several = list(member(spec, 'podCIDRs'));
  const podCidrs =
    several.length > 0
      ? several.map((value, index) => ({ value, path: ['spec', 'podCIDRs', index] as FieldPath }))
      : [{ value: nonEmpty(member(spec, 'podCIDR')), path: ['spec', 'podCIDR'] as FieldPath }];
  return {
    object,
    name: object.ref.name,
    labels: textMap(at(object.manifest, 'metadata', 'labels')),
    podCidrs: flatMap(podCidrs, ({ value, path }) => {
      const cidr = readCidr(text(value));
      return cidr === undefined ? [] : [{ value: cidr, path }];
    }),
    maxPods: capacityOfPods(object),
    internalIps: flatMap(list(at(object.manifest, 'status', 'addresses')), (entry, index) => {
      if (member(entry, 'type') !== 'InternalIP') return [];
      const address = readIpAddress(text(member(entry, 'address')));
      return address === undefined ? [] : [{ value: address, path: ['status', 'addresses', index, 'address'] }];
    }),
  };
}

/** A quantity: `110`, or `"110"`. */
function capacityOfPods({ manifest }: ModelObject): FieldValue<number> | undefined {
  const path: FieldPath = ['status', 'capacity', 'pods'];
  const written = at(manifest, ...path);
  const value = typeof written === 'string' && /^[0-9]+$/.test(written) ? Number(written) : written;
  return typeof value === 'number' && Number.isInteger(value) ? { value, path } : undefined;
}
