import { changed, type ChangeRule, isKind } from '../change-rule';
import { fieldsDiffer } from '../fields';

/** Only what rolls out may change: replicas, ordinals, template, updateStrategy and the like (apps/v1 validation, ValidateStatefulSetUpdate). */
const FIXED = ['serviceName', 'podManagementPolicy', 'volumeClaimTemplates'];

export const statefulSetChange: ChangeRule = {
  code: 'NL809',
  slug: 'stateful-set-change',
  severity: 'error',
  title: 'A StatefulSet changes in what is fixed when it is made',
  check({ pairs }, report) {
    for (const pair of pairs) {
      if (!isKind(pair.after, /^apps\/v1$/, 'StatefulSet')) continue;
      for (const field of FIXED.filter((name) => fieldsDiffer(pair, `spec.${name}`))) {
        report(
          changed(pair, ['spec', field], {
            message: `${field} changes`,
            help: 'the API server refuses it ("updates to statefulset spec … are forbidden"): delete the StatefulSet with --cascade=orphan, which leaves its pods alone, and create it anew',
          }),
        );
      }
    }
  },
};
