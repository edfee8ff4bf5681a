import { AddressError, cidrContains, parseCidr, type IpFamily } from '../address';
import { readText } from './address-text';
import type { LockChange } from './lock';

/**
 * What a change does to a cluster that runs.
 * - `none`: nobody notices.
 * - `restart`: components or pods restart, and all keep their addresses.
 * - `migration`: something gets another address, and old and new are needed side by side for a while.
 * - `impossible`: Kubernetes refuses it in place; what has the old value is made anew.
 */
export type DisruptionClass = 'none' | 'restart' | 'migration' | 'impossible';

/** From the lightest to the gravest. */
export const DISRUPTIONS: readonly DisruptionClass[] = ['none', 'restart', 'migration', 'impossible'];

export interface Disruption {
  readonly disruption: DisruptionClass;
  /** Why, one sentence without a full stop. */
  readonly reason: string;
}

/** What is known about the clusters of a change. */
export interface DisruptionContext {
  /** By cluster, the first is primary; a cluster that the plan no longer has is absent. */
  readonly families: ReadonlyMap<string, readonly IpFamily[]>;
  /** Keys that the lock had before. */
  readonly lockedKeys: ReadonlySet<string>;
}

/** What the change of one entry of the lock does to its cluster (RULES: kubeadm, kube-controller-manager, KEP-1880, KEP-3070, IP pools). */
export function disruptionOf({ key, before, after }: LockChange, context: DisruptionContext): Disruption {
  const [cluster, kind, ...rest] = key.split('/');
  const families = context.families.get(cluster);
  if (families === undefined)
    return none('the cluster is no longer in the fleet; other clusters can get its addresses');
  const isPrimary = families.at(0) === rest.at(-1);
  switch (kind) {
    case 'pods':
      return podRange(cluster, before, after, context);
    case 'services':
      return serviceRange(cluster, isPrimary, before, after, context);
    case 'loadBalancers':
      return loadBalancerRange(before, after);
    case 'clusterIP':
      return singleValue(before, after, {
        disruption: 'impossible',
        reason:
          'the clusterIP of a Service is immutable: the Service is deleted and made anew, and its connections break',
      });
    case 'nodePort':
      return singleValue(before, after, {
        disruption: 'migration',
        reason: 'clients of the old node port must move to the new one',
      });
    default:
      return singleValue(before, after, {
        disruption: 'migration',
        reason: 'clients, DNS records and firewalls outside must move to the new address',
      });
  }
}

/** The gravest of them; `none` for no change. */
export function gravest(disruptions: readonly Disruption[]): DisruptionClass {
  return DISRUPTIONS.toReversed().find((one) => disruptions.some(({ disruption }) => disruption === one)) ?? 'none';
}

function podRange(
  cluster: string,
  before: string | null,
  after: string | null,
  context: DisruptionContext,
): Disruption {
  if (before === null) {
    return addedFamily(cluster, 'pods', context) ?? none('the range is new');
  }
  if (after === null) return lostFamily('pods');
  if (grows(before, after)) {
    return restart(
      'the new range contains the old one: pods keep their addresses; controller manager, kube-proxy and network plugin learn the larger one, and an IP pool of Calico, whose CIDR is immutable, gets a second pool beside it',
    );
  }
  return {
    disruption: 'migration',
    reason: 'pods and nodes get other addresses: a second pool, and all workloads and nodes recreated in waves',
  };
}

function serviceRange(
  cluster: string,
  isPrimary: boolean,
  before: string | null,
  after: string | null,
  context: DisruptionContext,
): Disruption {
  if (before === null) {
    return addedFamily(cluster, 'services', context) ?? none('the range is new');
  }
  if (after === null) return lostFamily('Services');
  if (grows(before, after)) {
    return restart(
      'the new range contains the old one: Services keep their addresses; the API servers restart with the larger range, or from Kubernetes 1.33 on a ServiceCIDR adds it without a restart',
    );
  }
  if (isPrimary) {
    return {
      disruption: 'impossible',
      reason:
        'the first service range of a cluster is that of kubernetes and DNS: every Service is made anew, the certificates of the API servers too',
    };
  }
  return { disruption: 'migration', reason: 'every Service gives up its address of this family for a new one' };
}

function loadBalancerRange(before: string | null, after: string | null): Disruption {
  if (before === null) return none('addresses are added');
  if (after !== null && grows(before, after))
    return none('the new range contains the old one: Services keep their addresses');
  return {
    disruption: 'migration',
    reason:
      after === null
        ? 'Services of type LoadBalancer lose their addresses'
        : 'Services of type LoadBalancer get other addresses: clients, DNS records and firewalls must follow',
  };
}

function singleValue(before: string | null, after: string | null, changed: Disruption): Disruption {
  if (before === null) return none('the value is new');
  return after === null ? none('nothing asks for it any more') : changed;
}

/** Going from one family to two cannot be undone. */
function addedFamily(cluster: string, role: 'pods' | 'services', { lockedKeys }: DisruptionContext): Disruption | null {
  const had = (['IPv4', 'IPv6'] as const).some((family) => lockedKeys.has(`${cluster}/${role}/${family}`));
  return had
    ? restart(
        'a second family is added: components and pods restart to get addresses of both, and there is no way back',
      )
    : null;
}

function lostFamily(what: string): Disruption {
  return {
    disruption: 'impossible',
    reason: `a cluster cannot give up a family or the range of its ${what} while it runs`,
  };
}

function grows(before: string, after: string): boolean {
  const [old, now] = [readText(parseCidr, before), readText(parseCidr, after)];
  return !(old instanceof AddressError) && !(now instanceof AddressError) && cidrContains(now, old);
}

function none(reason: string): Disruption {
  return { disruption: 'none', reason };
}

function restart(reason: string): Disruption {
  return { disruption: 'restart', reason };
}
