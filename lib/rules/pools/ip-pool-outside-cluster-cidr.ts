import { addressSet, formatCidr, rangeOfCidr, setCovers } from '../../address';
import { cidrList } from '../addresses';
import { below } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Pods outside the cluster CIDR look external to kube-proxy: their traffic is translated, and policies miss them. */
export const ipPoolOutsideClusterCidr: NetworkRule = {
  code: 'NL602',
  slug: 'ip-pool-outside-cluster-cidr',
  severity: 'error',
  title: 'An IPPool for pods lies outside the cluster CIDR',
  needs: ['podCidrs'],
  concerns: ({ ipPools }) => ipPools.some(({ disabled, forWorkloads }) => !disabled && forWorkloads),
  check(model, report) {
    const podCidrs = model.facts.podCidrs ?? [];
    const clusterAddresses = addressSet(podCidrs.map(rangeOfCidr));
    for (const pool of model.ipPools) {
      if (pool.disabled || !pool.forWorkloads || setCovers(clusterAddresses, rangeOfCidr(pool.cidr))) continue;
      report({
        on: pool.object,
        field: below(pool.path, 'cidr'),
        message: `${formatCidr(pool.cidr)} is not inside the cluster CIDR ${cidrList(podCidrs)}`,
        help: HELP,
      });
    }
    for (const { setting, object, entries } of model.statements.ranges) {
      if (setting !== 'default pool of calico-node') continue;
      for (const { cidr, path } of entries) {
        if (cidr === undefined || setCovers(clusterAddresses, rangeOfCidr(cidr))) continue;
        report({
          on: object,
          field: path,
          // It counts when there is no pool yet, and an IPPool may be elsewhere.
          severity: 'warning',
          message: `the ${setting}, ${formatCidr(cidr)}, is not inside the cluster CIDR ${cidrList(podCidrs)}`,
          help: HELP,
        });
      }
    }
  },
};

const HELP = 'choose a part of the cluster CIDR, or enlarge the cluster CIDR everywhere it is configured';
