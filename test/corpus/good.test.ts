import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareFindings } from '../../lib/finding/finding';
import { networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { findingText } from '../rules/expectations';
import { CORPUS, describeCorpus, manifests } from './corpus';

describeCorpus('manifests of well-known projects', () => {
  const folder = join(CORPUS, 'good');

  test.each(readdirSync(folder))('%s: no error', (name) => {
    const model = networkModel(manifests(join(folder, name)), {});
    expect(model.objects.length).toBeGreaterThan(0);
    const errors = runRules(NETWORK_RULES, model).findings.filter(({ severity }) => severity === 'error');
    expect(errors.sort(compareFindings).map(findingText)).toEqual([]);
  });
});
