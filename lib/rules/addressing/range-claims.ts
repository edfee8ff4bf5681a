import { compareRanges, rangeOfCidr } from '../../address';
import { type Finding, objectText } from '../../finding/finding';
import {
  at,
  below,
  concat,
  type ConfigDocument,
  type FieldPath,
  flatMap,
  hasOtherIpam,
  type IpPool,
  type ModelObject,
  type RangeSetting,
  readIpAddress,
  text,
} from '../../model';
import type { RangeClaim } from '../../plan';
import type { RelatedField } from '../network-rule';
import { perModel } from '../../model/per-model';
import { wrongCopies } from './cluster-range-disagreement';

/** A claim of the planning phase, made by an object; or by the caller, who knows about the cluster what its objects do not say. */
export interface ModelClaim extends RangeClaim {
  readonly on: ModelObject | undefined;
  readonly field: FieldPath;
  /** The pool of Calico that it is. */
  readonly ipPool?: IpPool;
}

/** Who says it, where no object does. */
const CALLER = 'the cluster';

/** The ranges of the cluster, each role without what lies inside of another range of the same role: pools are parts of the pod range. */
export const rangeClaims = perModel((model): readonly ModelClaim[] => {
  const { statements, facts, givenFacts, configs, nodes, loadBalancerPools, ipPools } = model;
  // NL132 says that a copy is wrong; what it says is then no range of the cluster.
  const copies = wrongCopies(model);
  const own = statements.ranges.filter((candidate) => !copies.has(candidate));
  const stated = flatMap(own, ({ role, object, entries }) =>
    flatMap(entries, ({ cidr, path }) => (cidr === undefined ? [] : [claim(role, rangeOfCidr(cidr), object, path)])),
  );
  const given = flatMap(['pods', 'services'] as const, (role) => {
    const says = statements.ranges.some(({ setting, role: of }) => of === role && !PARTS.includes(setting));
    // The default of kubeadm is a fact too.
    const cidrs = (role === 'pods' ? givenFacts.podCidrs : facts.serviceCidrs) ?? [];
    return says ? [] : cidrs.map((cidr) => claim(role, rangeOfCidr(cidr), undefined, []));
  });
  return concat(
    outermost(
      concat(
        stated.filter(({ role }) => role === 'pods'),
        given.filter(({ role }) => role === 'pods'),
        ipPools
          .filter(({ forWorkloads, disabled }) => forWorkloads && !disabled)
          .map((ipPool) => ({
            ...claim('pods', rangeOfCidr(ipPool.cidr), ipPool.object, below(ipPool.path, 'cidr')),
            ipPool,
          })),
        hasOtherIpam(model)
          ? []
          : flatMap(nodes, ({ object, podCidrs }) =>
              podCidrs.map(({ value, path }) => claim('pods', rangeOfCidr(value), object, path)),
            ),
      ),
    ),
    outermost(concat(stated, given).filter(({ role }) => role === 'services')),
    outermost(
      concat(
        flatMap(
          loadBalancerPools.filter(({ disabled }) => !disabled),
          ({ object, blocks }) => blocks.map(({ range, path }) => claim('loadBalancers', range, object, path)),
        ),
        (givenFacts.loadBalancerCidrs ?? []).map((cidr) => claim('loadBalancers', rangeOfCidr(cidr), undefined, [])),
      ),
    ),
    (givenFacts.nodeCidrs ?? []).map((cidr) => claim('nodes', rangeOfCidr(cidr), undefined, [])),
    outermost(
      concat(
        flatMap(nodes, ({ object, internalIps }) =>
          internalIps.map(({ value: { family, value }, path }) =>
            claim('nodes', { family, first: value, last: value }, object, path),
          ),
        ),
        flatMap(configs, advertisedAddress),
      ),
    ),
  ).map((entry, index) => ({ ...entry, specPath: [index] }));
});

/** The address of the first node of the control plane. */
function advertisedAddress({ kind, value, object, fieldOf }: ConfigDocument): readonly ModelClaim[] {
  if (kind !== 'InitConfiguration') return [];
  const path = ['localAPIEndpoint', 'advertiseAddress'];
  const address = readIpAddress(text(at(value, ...path)));
  if (address === undefined) return [];
  return [claim('nodes', { family: address.family, first: address.value, last: address.value }, object, fieldOf(path))];
}

/** Settings that say a part of the range of the cluster. */
const PARTS: readonly RangeSetting[] = ['ServiceCIDR', 'CiliumPodIPPool', 'default pool of calico-node'];

/** The claims of a finding of the planning phase: the one that it is about, and the other party. */
export function partiesOf(found: Finding, claims: readonly ModelClaim[]): readonly (ModelClaim | undefined)[] {
  return [found, ...found.related].map(({ specPath }) => claims.at(Number(specPath?.[0] ?? claims.length)));
}

export function relatedClaim({ on, field }: ModelClaim, message: string): readonly RelatedField[] {
  return on === undefined ? [] : [{ on, field, message }];
}

function claim(
  role: RangeClaim['role'],
  range: RangeClaim['range'],
  on: ModelObject | undefined,
  field: FieldPath,
): ModelClaim {
  return { owner: on === undefined ? CALLER : objectText(on.ref), cluster: '', role, range, on, field };
}

function outermost(claims: readonly ModelClaim[]): readonly ModelClaim[] {
  let around: ModelClaim | undefined;
  return [...claims]
    .sort((a, b) => compareRanges(a.range, b.range))
    .filter((entry) => {
      const { family, last } = entry.range;
      if (around?.range.family === family && last <= around.range.last) return false;
      around = entry;
      return true;
    });
}
