import { cidrContains, formatCidr } from '../../address';
import { member, nonEmpty, readCidr } from '../../model';
import { cidrProblem } from '../address-problem';
import type { NetworkRule } from '../network-rule';

/** Packets to what lies outside of it leave with the address of the node: pods no longer see each other (Cilium, masquerading). */
export const ciliumNativeRouting: NetworkRule = {
  code: 'NL643',
  slug: 'cilium-native-routing',
  severity: 'warning',
  needs: ['podCidrs'],
  concerns: ({ configs }) =>
    configs.some(({ kind, value }) => kind === 'CiliumConfig' && nonEmpty(member(value, 'routing-mode')) === 'native'),
  title: 'The native routing CIDR of Cilium does not cover the pods',
  check(model, report) {
    for (const { kind, object, value, fieldOf } of model.configs) {
      if (kind !== 'CiliumConfig' || nonEmpty(member(value, 'routing-mode')) !== 'native') continue;
      for (const family of ['IPv4', 'IPv6'] as const) {
        const key = `${family.toLowerCase()}-native-routing-cidr`;
        const written = nonEmpty(member(value, key));
        if (written === undefined) continue;
        const cidr = readCidr(written);
        if (cidr === undefined) {
          const problem = cidrProblem(written);
          if (problem !== undefined) {
            report({ on: object, field: fieldOf([key]), message: `${key}: ${problem.message}`, help: problem.help });
          }
          continue;
        }
        for (const pods of model.facts.podCidrs ?? []) {
          if (pods.family !== family || cidrContains(cidr, pods)) continue;
          report({
            on: object,
            field: fieldOf([key]),
            message: `${key} ${written} does not cover the pods ${formatCidr(pods)}`,
            help: 'give a range that covers the pods of this cluster and of all clusters of its mesh',
          });
        }
      }
    }
  },
};
