import type { Cidr, IpFamily } from '../address';
import { usualBlockSize } from '../syntax/calico-pool';
import { readCidr } from './address-text';
import { at, list, member, nonEmpty, positive, text } from './json';
import { flatMap } from './lists';
import { apiGroup, type FieldPath, type ModelObject } from './source-object';

/** A pool of Calico whose CIDR can be read: an IPPool, or one of those that an Installation has the operator make. */
export interface IpPool {
  readonly object: ModelObject;
  /** Where its fields are: `['spec']` of an IPPool. */
  readonly path: FieldPath;
  readonly name: string;
  readonly cidr: Cidr;
  /** As written. */
  readonly cidrText: string;
  /** Addresses go to nodes in blocks of this prefix length; 26 and 122 unless set. */
  readonly blockSize: number;
  readonly disabled: boolean;
  /** Pods get addresses of it only where an annotation names it. */
  readonly onRequest: boolean;
  /** The nodes that it gives addresses to; an empty one is all() (libcalico-go, lib/ipam). */
  readonly nodeSelector: string;
  /** What packets between nodes are put into. */
  readonly encapsulation: 'IPIP' | 'VXLAN' | undefined;
  /** Serves pods; a pool for load balancers alone does not. */
  readonly forWorkloads: boolean;
  /** Serves the tunnel devices of nodes. */
  readonly forTunnels: boolean;
  readonly forLoadBalancers: boolean;
}

export function isCalico(object: ModelObject, kind: string): boolean {
  const group = apiGroup(object.ref.apiVersion);
  return object.ref.kind === kind && (group === 'projectcalico.org' || group === 'crd.projectcalico.org');
}

export function isInstallation(object: ModelObject): boolean {
  return object.ref.kind === 'Installation' && apiGroup(object.ref.apiVersion) === 'operator.tigera.io';
}

export function readIpPool(object: ModelObject): IpPool | undefined {
  const spec = member(object.manifest, 'spec');
  return readPool(object, ['spec'], spec, object.ref.name, member(spec, 'disabled') === true);
}

/** The pools of an Installation (operator.tigera.io/v1, `spec.calicoNetwork.ipPools`). */
export function readInstallationPools(object: ModelObject): readonly IpPool[] {
  return flatMap(list(at(object.manifest, 'spec', 'calicoNetwork', 'ipPools')), (pool, index) => {
    const name = nonEmpty(member(pool, 'name')) ?? text(member(pool, 'cidr')) ?? '';
    const disabled = member(pool, 'disableNewAllocations') === true;
    return readPool(object, ['spec', 'calicoNetwork', 'ipPools', index], pool, name, disabled) ?? [];
  });
}

function readPool(
  object: ModelObject,
  path: FieldPath,
  fields: unknown,
  name: string,
  disabled: boolean,
): IpPool | undefined {
  const cidrText = text(member(fields, 'cidr'));
  const cidr = readCidr(cidrText);
  if (cidrText === undefined || cidr === undefined) return undefined;
  const uses = list(member(fields, 'allowedUses'));
  return {
    object,
    path,
    name,
    cidr,
    cidrText,
    blockSize: positive(member(fields, 'blockSize')) ?? usualBlockSize(cidr.family),
    disabled,
    onRequest: member(fields, 'assignmentMode') === 'Manual',
    nodeSelector: text(member(fields, 'nodeSelector')) ?? '',
    encapsulation: encapsulationOf(object, fields, cidr.family),
    forWorkloads: uses.length === 0 || uses.includes('Workload'),
    forTunnels: uses.length === 0 || uses.includes('Tunnel'),
    forLoadBalancers: uses.includes('LoadBalancer'),
  };
}

const MODES_WITH_TUNNELS: ReadonlySet<unknown> = new Set(['Always', 'CrossSubnet']);

/** What calico-node makes tunnels for (node/pkg/allocateip); the operator has IPIP where nothing is said of an IPv4 pool (pkg/controller/ippool). */
function encapsulationOf(object: ModelObject, fields: unknown, family: IpFamily): IpPool['encapsulation'] {
  const isOn = (field: string): boolean => MODES_WITH_TUNNELS.has(member(fields, field));
  const said = nonEmpty(member(fields, 'encapsulation')) ?? (family === 'IPv4' ? 'IPIP' : 'None');
  const [ipip, vxlan] = isInstallation(object)
    ? [said.startsWith('IPIP'), said.startsWith('VXLAN')]
    : [isOn('ipipMode'), isOn('vxlanMode')];
  if (ipip && family === 'IPv4') return 'IPIP';
  return vxlan ? 'VXLAN' : undefined;
}
