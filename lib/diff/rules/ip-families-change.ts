import type { IpFamily } from '../../address';
import { at, type ClusterFacts, list, readIpAddress, record, type Service, text } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/**
 * The primary family is as fixed as the primary address, which a headless Service has not, and the second one goes with
 * `ipFamilyPolicy: SingleStack` only (core/v1 validation, upgrade and downgrade of families; initIPFamilyFields of the registry).
 */
export const ipFamiliesChange: ChangeRule = {
  code: 'NL802',
  slug: 'ip-families-change',
  severity: 'error',
  title: 'The primary IP family of a Service changes, or the second one is given up without saying so',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      if (pair.before.type === 'ExternalName' || pair.after.type === 'ExternalName') continue;
      // NL801 says it.
      if (pair.before.headless !== pair.after.headless) continue;
      const objects = { before: pair.before.object, after: pair.after.object };
      const written = familiesOf(pair.after);
      if (written.length === 0) continue;
      const [to] = written;
      const from = primaryFamily(pair.before, before.facts);
      if (!pair.after.headless && (from === undefined ? to === 'IPv6' : from !== to)) {
        report(
          changed(objects, ['spec', 'ipFamilies', 0], {
            ...(from === undefined && { severity: 'warning' }),
            message:
              from === undefined
                ? `the primary IP family is ${to} now, and was that of the cluster`
                : `the primary IP family changes from ${from} to ${to}`,
            help:
              from === undefined
                ? 'the API server refuses it where the first family of the cluster is IPv4: keep the family of the cluster first, or delete the Service and create it anew'
                : 'the API server refuses it: keep the first family and add the other one after it, or delete the Service and create it anew',
          }),
        );
      } else if (
        written.length === 1 &&
        isDualStack(pair.before, before.facts) &&
        policyOf(pair.after) !== 'SingleStack'
      ) {
        report(
          changed(objects, ['spec', 'ipFamilies'], {
            message: `the second IP family is left out, and ipFamilyPolicy is ${policyOf(pair.after) ?? 'as it was'}`,
            help: 'the API server refuses it ("must be \'SingleStack\' to release the secondary IP family"): set ipFamilyPolicy: SingleStack, or leave ipFamilies as it was',
          }),
        );
      }
    }
  },
};

function familiesOf({ object }: Service): string[] {
  return list(at(object.manifest, 'spec', 'ipFamilies')).flatMap((family) => text(family) ?? []);
}

function policyOf({ object }: Service): string | undefined {
  return text(at(object.manifest, 'spec', 'ipFamilyPolicy'));
}

/** Undefined where neither the Service nor the cluster says it. */
function primaryFamily(service: Service, { serviceCidrs }: ClusterFacts): string | undefined {
  const address: IpFamily | undefined = readIpAddress(service.clusterIps.at(0)?.value)?.family;
  return familiesOf(service).at(0) ?? address ?? serviceCidrs?.at(0)?.family;
}

/** As far as it is known. */
function isDualStack(service: Service, { serviceCidrs = [] }: ClusterFacts): boolean {
  if (familiesOf(service).length > 1 || service.clusterIps.length > 1) return true;
  const policy = policyOf(service);
  // Whatever the cluster has.
  if (service.headless && !isSelecting(service)) return policy !== 'SingleStack';
  const isDualCluster = new Set(serviceCidrs.map(({ family }) => family)).size > 1;
  return policy === 'RequireDualStack' || (policy === 'PreferDualStack' && isDualCluster);
}

function isSelecting({ object }: Service): boolean {
  return Object.keys(record(at(object.manifest, 'spec', 'selector')) ?? {}).length > 0;
}
