import { type AddressRange, formatAddress, formatCidr, formatRange, rangeToCidrs } from '../address';
import { compareText, objectText, type ObjectRef, type Origin } from '../finding/finding';
import { type FieldPath, identityOf, type ModelObject, type NetworkModel, readIpAddress, type Service } from '../model';

/** An address, a port of the nodes, or a range that somebody has in one of two states and not in the other. */
export interface AddressChange {
  readonly change: 'added' | 'removed' | 'moved';
  readonly object: ObjectRef;
  /** `clusterIP`, `load balancer IP`, `node port of 80/TCP`, `IPPool`, `podSubnet of kubeadm`, … */
  readonly role: string;
  /** Empty when it is added: until then there is none, or the cluster chooses. */
  readonly before: readonly AddressState[];
  readonly after: readonly AddressState[];
}

export interface AddressState {
  readonly value: string;
  readonly origin: Origin;
}

/** Where one role of one object gets its values from. */
interface Slot {
  readonly object: ModelObject;
  readonly role: string;
  readonly values: readonly { readonly text: string; readonly path: FieldPath }[];
}

/** What moves: each row has the values that the other state does not have. */
export function addressChanges(before: NetworkModel, after: NetworkModel): AddressChange[] {
  const [old, current] = [before, after].map(slotsOf);
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((key) => ({ from: old.get(key), to: current.get(key) }))
    .flatMap(({ from, to }) => {
      const slot = to ?? from;
      const lost = statesMissingIn(from, to);
      const gained = statesMissingIn(to, from);
      if (slot === undefined || (lost.length === 0 && gained.length === 0)) return [];
      const { object, role } = slot;
      const change: AddressChange['change'] = lost.length === 0 ? 'added' : gained.length === 0 ? 'removed' : 'moved';
      return [{ change, object: object.ref, role, before: lost, after: gained }];
    })
    .sort(compareChanges);
}

function compareChanges(a: AddressChange, b: AddressChange): number {
  return compareText(objectText(a.object), objectText(b.object)) || compareText(a.role, b.role);
}

function statesMissingIn(slot: Slot | undefined, other: Slot | undefined): AddressState[] {
  const known = new Set(other?.values.map(({ text }) => text));
  return (slot?.values ?? [])
    .filter(({ text }) => !known.has(text))
    .map(({ text, path }) => ({ value: text, origin: slot?.object.locate(path) ?? NOWHERE }))
    .sort((a, b) => compareText(a.value, b.value));
}

const NOWHERE: Origin = { file: null, line: null, column: null, construct: null };

function slotsOf(model: NetworkModel): Map<string, Slot> {
  const slots = [
    ...model.services.flatMap(serviceSlots),
    ...model.ipPools.map(({ object, name, cidr, path }): Slot => {
      const role = object.ref.kind === 'IPPool' ? 'pool' : `pool ${name}`;
      return { object, role, values: [{ text: formatCidr(cidr), path: [...path, 'cidr'] }] };
    }),
    // Those of Calico are IPPools.
    ...model.loadBalancerPools
      .filter(({ implementation }) => implementation !== 'Calico')
      .map(({ object, blocks }): Slot => {
        const values = blocks.map(({ range, path }) => ({ text: rangeText(range), path }));
        return { object, role: 'pool', values };
      }),
    ...model.statements.ranges.map(({ object, setting, entries }): Slot => {
      const values = entries.map(({ text, cidr, path }) => ({
        text: cidr === undefined ? text : formatCidr(cidr),
        path,
      }));
      return { object, role: setting, values };
    }),
    ...model.statements.domains.map(({ object, setting, value, path }): Slot => {
      return { object, role: setting, values: [{ text: value, path }] };
    }),
    ...model.statements.dnsAddresses.map(({ object, setting, value, path }): Slot => {
      return { object, role: setting, values: [{ text: addressText(value), path }] };
    }),
    ...model.nodes.map(({ object, podCidrs }): Slot => {
      return {
        object,
        role: 'pod CIDR',
        values: podCidrs.map(({ value, path }) => ({ text: formatCidr(value), path })),
      };
    }),
    ...model.endpoints
      .filter(({ isLeaderLock }) => !isLeaderLock)
      .map(({ object, addresses }): Slot => {
        return {
          object,
          role: 'endpoint',
          values: addresses.map(({ value, path }) => ({ text: addressText(value), path })),
        };
      }),
  ];
  const found = new Map<string, Slot>();
  for (const slot of slots) {
    const key = `${identityOf(slot.object.ref)}\0${slot.role}`;
    const known = found.get(key);
    found.set(key, known === undefined ? slot : { ...known, values: [...known.values, ...slot.values] });
  }
  return found;
}

function serviceSlots({
  object,
  clusterIps,
  loadBalancerIps,
  externalIps,
  ports,
  healthCheckNodePort,
}: Service): Slot[] {
  const addresses = (fields: Service['clusterIps']): Slot['values'] => {
    const texts = fields.map(({ value, path }) => ({ text: addressText(value), path }));
    // A repeated address is written first where it was meant: `clusterIP` before `clusterIPs`.
    return [...new Map(texts.toReversed().map((entry) => [entry.text, entry])).values()];
  };
  return [
    { object, role: 'clusterIP', values: addresses(clusterIps) },
    { object, role: 'load balancer IP', values: addresses(loadBalancerIps) },
    { object, role: 'external IP', values: addresses(externalIps) },
    ...ports.map(({ port, protocol, nodePort, path }): Slot => {
      const values = nodePort === undefined ? [] : [{ text: String(nodePort), path: [...path, 'nodePort'] }];
      return { object, role: `node port of ${port}/${protocol}`, values };
    }),
    {
      object,
      role: 'health check node port',
      values:
        healthCheckNodePort === undefined
          ? []
          : [{ text: String(healthCheckNodePort), path: ['spec', 'healthCheckNodePort'] }],
    },
  ];
}

function addressText(value: string): string {
  const address = readIpAddress(value);
  return address === undefined ? value : formatAddress(address);
}

/** As CIDR where it is one. */
function rangeText(range: AddressRange): string {
  const cidrs = rangeToCidrs(range);
  return cidrs.length === 1 ? formatCidr(cidrs[0]) : formatRange(range);
}
