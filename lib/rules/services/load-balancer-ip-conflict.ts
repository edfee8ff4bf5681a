import { objectText } from '../../finding/finding';
import { flatMap, type Service } from '../../model';
import { type AddressField, addressFields } from '../addresses';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';

interface AddressUse {
  readonly service: Service;
  readonly address: AddressField;
}

/**
 * MetalLB and Cilium give an address to a second Service only when both carry one sharing key, no port is taken, and both have
 * one external traffic policy, with the same selector if that is `Local` (MetalLB `sharingOK`, Cilium LB-IPAM `isCompatible`).
 */
export const loadBalancerIpConflict: NetworkRule = {
  code: 'NL203',
  slug: 'load-balancer-ip-conflict',
  severity: 'error',
  title: 'Two Services ask for the same load balancer address',
  check(model, report) {
    const uses = flatMap(model.services, (service) =>
      addressFields(service.loadBalancerIps).map((address): AddressUse => ({ service, address })),
    );
    for (const { first, others } of collisions(uses, ({ address }) => address.text)) {
      const holders = new Map(portsOf(first.service).map((port) => [port, first]));
      for (const use of others) {
        const problem = sharingProblem(first, use, holders);
        for (const port of portsOf(use.service)) if (!holders.has(port)) holders.set(port, use);
        if (problem === undefined) continue;
        const { other } = problem;
        report({
          on: use.service.object,
          field: use.address.path,
          message: `load balancer address ${use.address.text} is also used by ${objectText(other.service.object.ref)}${problem.why}`,
          related: [{ on: other.service.object, field: other.address.path, message: 'first used here' }],
          help: problem.help,
        });
      }
    }
  },
};

interface SharingProblem {
  /** The one that stands in the way. */
  readonly other: AddressUse;
  readonly why: string;
  readonly help: string;
}

function sharingProblem(
  first: AddressUse,
  { service }: AddressUse,
  holders: ReadonlyMap<string, AddressUse>,
): SharingProblem | undefined {
  if (service.sharingKey === undefined || service.sharingKey !== first.service.sharingKey) {
    return {
      other: first,
      why: '',
      help: 'choose another address, or let both share it with one sharing key (metallb.io/allow-shared-ip, lbipam.cilium.io/sharing-key) and different ports',
    };
  }
  const port = portsOf(service).find((candidate) => holders.has(candidate));
  const holder = port === undefined ? undefined : holders.get(port);
  if (port !== undefined && holder !== undefined) {
    return { other: holder, why: `, with port ${port}`, help: 'Services that share an address need different ports' };
  }
  if (backendOf(service) !== backendOf(first.service)) {
    return {
      other: first,
      why: ', with other backends',
      help: 'Services that share an address need externalTrafficPolicy Cluster, or all of them Local with the same selector',
    };
  }
  return undefined;
}

function portsOf(service: Service): readonly string[] {
  return service.ports.map(({ port, protocol }) => `${port}/${protocol}`);
}

/** With `Local` only the nodes that run the selected pods answer, so that those must be the same. */
function backendOf({ externalTrafficPolicy, selector }: Service): string {
  return externalTrafficPolicy === 'Local' ? JSON.stringify([...(selector?.labels ?? [])]) : 'Cluster';
}
