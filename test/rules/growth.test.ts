import { networkModel, type SourceObject } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { annotationSuppressions } from '../../lib/suppression/suppression-sources';

/** Objects of two files in turn, all of them defective, and which file each place was looked up in. */
function alternating(count: number): { sources: SourceObject[]; located: string[] } {
  const located: string[] = [];
  const inFile = (file: string): SourceObject[] =>
    Array.from({ length: count }, (_, index) => ({
      manifest: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: `${String(index).padStart(4, '0')}-${file}`,
          annotations: { 'netloom.dev/ignore': 'NL299: as an example' },
        },
        spec: { clusterIP: '10.96.0.7', ports: [{ port: 80, nodePort: 30080 }, { port: 'x' }], type: 'NodePort' },
      },
      locate: () => {
        located.push(file);
        return { file, line: index, column: located.length, construct: null };
      },
    }));
  return { sources: [...inFile('a'), ...inFile('b')], located };
}

function changesOfFile(located: readonly string[]): number {
  return located.filter((file, index) => index > 0 && file !== located[index - 1]).length;
}

test('places are looked up file by file, each of them once, however the objects of the files mix', () => {
  const { sources, located } = alternating(50);
  const model = networkModel(sources, {});
  expect(located).toEqual([]);
  const { findings } = runRules(NETWORK_RULES, model);
  expect(new Set(findings.map(({ code }) => code)).size).toBeGreaterThan(2);
  expect(located).toHaveLength(findings.reduce((sum, { related }) => sum + 1 + related.length, 0));
  expect(changesOfFile(located)).toBe(1);
});

test('places of suppressions are looked up file by file', () => {
  const { sources, located } = alternating(50);
  expect(annotationSuppressions(networkModel(sources, {}).objects)).toHaveLength(100);
  expect(changesOfFile(located)).toBe(1);
});
