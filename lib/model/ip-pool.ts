import { type Cidr, AddressError, parseCidr } from '../address';
import { list, member, positive, text } from './json';
import type { ModelObject } from './source-object';

/** A Calico IPPool whose CIDR can be read. */
export interface IpPool {
  readonly object: ModelObject;
  readonly name: string;
  readonly cidr: Cidr;
  /** Addresses go to nodes in blocks of this prefix length; 26 and 122 unless set. */
  readonly blockSize: number;
  readonly disabled: boolean;
  /** Serves pods; a pool for load balancers alone does not. */
  readonly forWorkloads: boolean;
}

export function readIpPool(object: ModelObject): IpPool | undefined {
  const spec = member(object.manifest, 'spec');
  const cidr = readCidr(text(member(spec, 'cidr')));
  if (cidr === undefined) return undefined;
  const uses = list(member(spec, 'allowedUses'));
  return {
    object,
    name: object.ref.name,
    cidr,
    blockSize: positive(member(spec, 'blockSize')) ?? (cidr.family === 'IPv4' ? 26 : 122),
    disabled: member(spec, 'disabled') === true,
    forWorkloads: uses.length === 0 || uses.includes('Workload'),
  };
}

function readCidr(value: string | undefined): Cidr | undefined {
  if (value === undefined) return undefined;
  try {
    return parseCidr(value);
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}
