import { at, text } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/** The primary family is as fixed as the primary address; two headless Services are not compared (core/v1 validation, upgrade and downgrade of families). */
export const ipFamiliesChange: ChangeRule = {
  code: 'NL802',
  slug: 'ip-families-change',
  severity: 'error',
  title: 'The primary IP family of a Service changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      if (pair.before.type === 'ExternalName' || pair.after.type === 'ExternalName') continue;
      if (pair.before.headless && pair.after.headless) continue;
      const [from, to] = [pair.before, pair.after].map(({ object }) =>
        text(at(object.manifest, 'spec', 'ipFamilies', 0)),
      );
      if (from === undefined || to === undefined || from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec', 'ipFamilies', 0], {
          message: `the primary IP family changes from ${from} to ${to}`,
          help: 'the API server refuses it: keep the first family and add the other one after it, or delete the Service and create it anew',
        }),
      );
    }
  },
};
