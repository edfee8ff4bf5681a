import { parseCidr, rangeOfCidr } from '../../address';
import { type RangeClaim, ROLES } from '../../plan';
import type { PlannedCluster } from '../../synth';

/** What a range of the cluster must not meet: all ranges of its fleet, those of its own roles apart that are about to change. */
export function rangesOfFleet(planned: PlannedCluster, changing: readonly RangeClaim['role'][]): RangeClaim[] {
  const { fleet, name, spec } = planned;
  const reservations = fleet.spec.reserved.flatMap(({ owner, ranges }) =>
    ranges.map(({ range }): RangeClaim => ({
      owner: `reservation ${owner}`,
      cluster: null,
      role: 'reservation',
      range,
    })),
  );
  const clusters = fleet.spec.clusters.flatMap((cluster): RangeClaim[] => {
    const plan = fleet.plan.clusters.get(cluster.name);
    const claim = (role: RangeClaim['role'], text: string): RangeClaim => ({
      owner: `cluster ${cluster.name}`,
      cluster: cluster.name,
      role,
      range: rangeOfCidr(parseCidr(text)),
    });
    const cidrs = { pods: plan?.podCidrs, services: plan?.serviceCidrs, loadBalancers: plan?.loadBalancerCidrs };
    const apart = cluster.name !== name && (cluster.isolated || spec?.isolated === true);
    return [
      ...cluster.nodeNetwork.map(({ cidr }): RangeClaim => ({
        ...claim('nodes', '0.0.0.0/0'),
        range: rangeOfCidr(cidr),
      })),
      ...ROLES.filter((role) => !(apart && role !== 'loadBalancers')).flatMap((role) =>
        (cidrs[role] ?? []).map((text) => claim(role, text)),
      ),
    ];
  });
  return [...reservations, ...clusters].filter(({ cluster, role }) => cluster !== name || !changing.includes(role));
}
