import { compareRanges, IP_FAMILIES, type IpAddress, type IpFamily } from '../address';
import { readIpAddress } from './address-text';
import { at, list, nonEmpty, textMap, texts } from './json';
import { readLabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import { type LoadBalancer, type LoadBalancerPool, POOL_ANNOTATIONS } from './load-balancer-pool';
import { append, groupBy, memoized } from './lookup';
import type { NetworkModel } from './network-model';
import { perModel } from './per-model';
import { labelIndex } from './selector-index';
import type { Service } from './service';
import type { FieldPath } from './source-object';

/** What a Service asks of the implementation that gives it its addresses. */
export interface PoolRequest {
  readonly service: Service;
  readonly implementation: LoadBalancer;
  /** Where it names a pool, or an address and so a pool; undefined when the implementation chooses. */
  readonly named: FieldPath | undefined;
  readonly asksFor: 'pool' | 'addresses' | 'any';
  /** The pools that may serve it; those that select by labels which are not known are among them. Equal answers are one array. */
  readonly pools: readonly LoadBalancerPool[];
  /** The families that it must have, or of the addresses that it asks for. Undefined where the cluster decides. */
  readonly families: readonly IpFamily[] | undefined;
}

/** Annotations for a load balancer outside of the cluster, which has pools of its own. */
const OF_ANOTHER =
  /^(service\.beta\.kubernetes\.io|kube-vip\.io|load-balancer\.[a-z.]+|.*\.gke\.io|cloud\.google\.com)\//;

const ANNOTATIONS_OF: readonly (readonly [RegExp, LoadBalancer])[] = [
  [/^metallb\.(io|universe\.tf)\//, 'MetalLB'],
  [/^(lbipam\.cilium\.io\/|io\.cilium\/lb-ipam)/, 'Cilium'],
  [/^projectcalico\.org\//, 'Calico'],
];

/** Those whose implementation is certain. Nobody is asked where the input has no pools; pools or addresses that nobody has are left to other rules. */
export const poolRequests = perModel((model): readonly PoolRequest[] => {
  const pools = model.loadBalancerPools.filter(({ disabled }) => !disabled);
  const implementations = [...new Set(pools.map(({ implementation }) => implementation))];
  if (implementations.length === 0) return [];
  const services = model.services.filter(({ type }) => type === 'LoadBalancer');
  const choices = poolChoices(model, services, pools);
  const holdersOf = poolsOfAddresses(pools);
  const metallb = groupBy(
    pools.filter(({ implementation }) => implementation === 'MetalLB'),
    ({ name }) => name,
  );
  return flatMap(services, (service): readonly PoolRequest[] => {
    const implementation = implementationOf(service, implementations);
    // Calico chooses among its pools by annotations and modes of its own.
    if (implementation === undefined || implementation === 'Calico') return [];
    const choice = choices(service, implementation);
    const common = { service, implementation, families: familiesOf(service, model) };
    const annotations = textMap(at(service.object.manifest, 'metadata', 'annotations'));
    const annotation =
      implementation === 'MetalLB' ? POOL_ANNOTATIONS.find((name) => annotations.has(name)) : undefined;
    if (annotation !== undefined) {
      const named = metallb.get(annotations.get(annotation) ?? '')?.slice(0, 1) ?? [];
      if (named.length === 0) return [];
      return [
        {
          ...common,
          named: ['metadata', 'annotations', annotation],
          asksFor: 'pool',
          pools: choice.serving.has(named[0]) ? named : [],
        },
      ];
    }
    if (service.loadBalancerIps.length > 0) {
      const { holders, families } = holdersOf(service, implementation);
      if (holders.length === 0) return [];
      const serving = holders.filter(({ pool }) => choice.serving.has(pool));
      return [
        {
          ...common,
          named: (serving.length === 0 ? holders : serving)[0].path,
          asksFor: 'addresses',
          pools: [...new Set(serving.map(({ pool }) => pool))],
          families,
        },
      ];
    }
    return [{ ...common, named: undefined, asksFor: 'any', pools: choice.automatic }];
  });
});

/** MetalLB gives addresses of the other pools only to who names them. */
export function isAutomatic({ implementation, object }: LoadBalancerPool): boolean {
  return implementation !== 'MetalLB' || at(object.manifest, 'spec', 'autoAssign') !== false;
}

type PoolsOfAddresses = (
  service: Service,
  implementation: LoadBalancer,
) => {
  /** Each address that a pool has, and where the Service asks for it. */
  readonly holders: readonly { readonly pool: LoadBalancerPool; readonly path: FieldPath }[];
  readonly families: readonly IpFamily[];
};

/** Blocks do not overlap: a rule says where they do. */
function poolsOfAddresses(pools: readonly LoadBalancerPool[]): PoolsOfAddresses {
  const blocks = flatMap(pools, (pool) => pool.blocks.map(({ range }) => ({ range, pool }))).toSorted((a, b) =>
    compareRanges(a.range, b.range),
  );
  const holderOf = (address: IpAddress): LoadBalancerPool | undefined => {
    const alone = { family: address.family, first: address.value, last: address.value };
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareRanges(blocks[middle].range, alone) <= 0) low = middle + 1;
      else high = middle;
    }
    const before = blocks.at(Math.max(low - 1, 0));
    return before?.range.family === address.family &&
      before.range.first <= address.value &&
      address.value <= before.range.last
      ? before.pool
      : undefined;
  };
  return ({ loadBalancerIps }, implementation) => {
    const held = flatMap(loadBalancerIps, ({ value, path }) => {
      const address = readIpAddress(value);
      const pool = address && holderOf(address);
      return pool?.implementation === implementation ? [{ pool, path, family: address?.family }] : [];
    });
    return {
      holders: held,
      families: IP_FAMILIES.filter((family) => held.some((one) => one.family === family)),
    };
  };
}

function implementationOf(service: Service, implementations: readonly LoadBalancer[]): LoadBalancer | undefined {
  const ofClass = nonEmpty(at(service.object.manifest, 'spec', 'loadBalancerClass'));
  const among = (name: LoadBalancer | undefined): LoadBalancer | undefined =>
    implementations.find((implementation) => implementation === name);
  if (ofClass !== undefined) return implementations.find((name) => ofClass.includes(name.toLowerCase()));
  const names = [...textMap(at(service.object.manifest, 'metadata', 'annotations')).keys()];
  const spoken = ANNOTATIONS_OF.find(([pattern]) => names.some((name) => pattern.test(name)));
  if (spoken !== undefined) return among(spoken[1]);
  if (names.some((name) => OF_ANOTHER.test(name))) return undefined;
  return implementations.length === 1 ? implementations[0] : undefined;
}

/** `PreferDualStack` is content with one. */
function familiesOf({ object, clusterIps }: Service, model: NetworkModel): readonly IpFamily[] | undefined {
  const policy = nonEmpty(at(object.manifest, 'spec', 'ipFamilyPolicy')) ?? 'SingleStack';
  if (policy === 'RequireDualStack') return ['IPv4', 'IPv6'];
  if (policy !== 'SingleStack') return undefined;
  const stated = texts(at(object.manifest, 'spec', 'ipFamilies')).filter(isFamily);
  const addressed = flatMap(clusterIps, ({ value }) => readIpAddress(value)?.family ?? []);
  const ofCluster = new Set((model.facts.serviceCidrs ?? []).map(({ family }) => family));
  const candidates = [stated, [...new Set(addressed)], [...ofCluster]].find((families) => families.length > 0);
  return candidates?.length === 1 ? candidates : undefined;
}

function isFamily(text: string): text is IpFamily {
  return text === 'IPv4' || text === 'IPv6';
}

interface PoolChoice {
  readonly serving: ReadonlySet<LoadBalancerPool>;
  readonly automatic: readonly LoadBalancerPool[];
}

type PoolChoices = (service: Service, implementation: LoadBalancer) => PoolChoice;

/** Each pool asks for its Services, so that no Service is compared with each pool. */
function poolChoices(
  model: NetworkModel,
  services: readonly Service[],
  pools: readonly LoadBalancerPool[],
): PoolChoices {
  const labelled = services.map((service) => ({ service, labels: labelsOf(service) }));
  const byLabel = labelIndex(labelled);
  const byNamespace = groupBy(labelled, ({ service }) => service.namespace);
  const selecting = new Map<Service, LoadBalancerPool[]>();
  const open = groupBy(
    pools.filter(({ selective }) => !selective),
    ({ implementation }) => implementation,
  );
  for (const pool of pools.filter(({ selective }) => selective)) {
    const { selectors, namespaces } = selectionOf(pool, model);
    const selected =
      selectors.length > 0
        ? [...new Set(flatMap(selectors, (selector) => byLabel.select(readLabelSelector(selector))))]
        : namespaces === undefined
          ? labelled
          : flatMap([...namespaces], (namespace) => byNamespace.get(namespace) ?? []);
    for (const { service } of selected) {
      if (namespaces === undefined || namespaces.has(service.namespace)) append(selecting, service, pool);
    }
  }
  const choose = memoized(
    ({ implementation, own }: Choosers) => [implementation, ...own.map(poolKey)].join('\0'),
    ({ implementation, own }): PoolChoice => {
      const serving = concat(own, open.get(implementation) ?? []);
      return { serving: new Set(serving), automatic: serving.filter(isAutomatic) };
    },
  );
  return (service, implementation) =>
    choose({
      implementation,
      own: (selecting.get(service) ?? []).filter((pool) => pool.implementation === implementation),
    });
}

/** Two pools of one name may be in two namespaces. */
function poolKey({ implementation, namespace, name }: LoadBalancerPool): string {
  return `${implementation} ${namespace ?? ''}/${name}`;
}

interface Choosers {
  readonly implementation: LoadBalancer;
  /** The pools that select the Service. */
  readonly own: readonly LoadBalancerPool[];
}

/** With the labels that Cilium lets its selectors ask for. */
function labelsOf({ object, namespace, name }: Service): ReadonlyMap<string, string> {
  return new Map([
    ...textMap(at(object.manifest, 'metadata', 'labels')),
    ['io.kubernetes.service.namespace', namespace],
    ['io.kubernetes.service.name', name],
  ]);
}

interface Selection {
  /** One of them must fit; none are all Services. */
  readonly selectors: readonly unknown[];
  /** Undefined when all are served. */
  readonly namespaces: ReadonlySet<string> | undefined;
}

function selectionOf({ object, implementation }: LoadBalancerPool, model: NetworkModel): Selection {
  const { manifest } = object;
  if (implementation === 'Cilium') {
    return { selectors: [at(manifest, 'spec', 'serviceSelector')], namespaces: undefined };
  }
  const named = texts(at(manifest, 'spec', 'serviceAllocation', 'namespaces'));
  const byLabel = list(at(manifest, 'spec', 'serviceAllocation', 'namespaceSelectors'));
  const chosen = byLabel.map((selector) => model.namespaces.select(readLabelSelector(selector)));
  return {
    selectors: list(at(manifest, 'spec', 'serviceAllocation', 'serviceSelectors')),
    namespaces:
      named.length === 0 && byLabel.length === 0
        ? undefined
        : new Set(
            concat(
              named,
              flatMap(chosen, ({ matched, possible }) => concat(matched, possible).map(({ name }) => name)),
            ),
          ),
  };
}
