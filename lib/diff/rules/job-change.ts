import { at, member, type ModelObject, textMap } from '../../model';
import { changed, type ChangeRule, isKind } from '../change-rule';
import { fieldsDiffer } from '../fields';

const FIXED = [
  'template',
  'completionMode',
  'selector',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
];

/** Tools that delete a hook before they create it again. */
const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** batch/v1, `ValidateJobSpecUpdate`: "field is immutable"; of a Job that is suspended parts of the template may change. */
export const jobChange: ChangeRule = {
  code: 'NL810',
  slug: 'job-change',
  severity: 'error',
  title: 'A Job changes in what is fixed when it is made',
  check({ pairs }, report) {
    for (const pair of pairs) {
      if (!isKind(pair.after, /^batch\/v1$/, 'Job') || isReplaced(pair.after)) continue;
      const fixed = isSuspended(pair.before) ? FIXED.filter((name) => name !== 'template') : FIXED;
      for (const field of fixed.filter((name) => fieldsDiffer(pair, `spec.${name}`))) {
        report(
          changed(pair, ['spec', field], {
            message: `${field} changes`,
            help: 'the API server refuses it while the Job exists: give the Job another name, or delete it first (ttlSecondsAfterFinished does so when it is done)',
          }),
        );
      }
    }
  },
};

function isReplaced({ manifest }: ModelObject): boolean {
  const annotations = textMap(at(manifest, 'metadata', 'annotations'));
  const options = annotations.get('argocd.argoproj.io/sync-options') ?? '';
  return HOOKS.some((name) => annotations.has(name)) || /Replace=true|Force=true/.test(options);
}

function isSuspended({ manifest }: ModelObject): boolean {
  return member(at(manifest, 'spec'), 'suspend') === true;
}
