import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSnapshot } from '../../lib/live';
import type { Answer } from '../../lib/live/api-server';
import { NETWORK_KINDS } from '../../lib/live/network-kinds';
import { json } from '../live/api';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const page = readFileSync(join(__dirname, '../../docs/live.md'), 'utf8');

const role = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as { readonly rules: readonly Rule[] };

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['Endpoints', 'endpoints'],
  ['NetworkAttachmentDefinition', 'network-attachment-definitions'],
]);

/** As the API server makes plurals of them (`meta.UnsafeGuessKindToResource`), but for the exception. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  const known = IRREGULAR.get(kind);
  if (known !== undefined) return known;
  if (/(?:s|x)$/.test(word)) return `${word}es`;
  return word.endsWith('y') && !word.endsWith('gateway') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

test('the ClusterRole of the page lets Netloom list all that it reads, and nothing else', async () => {
  const asked = new Set<string>();
  const groups = [...NETWORK_KINDS.keys()].filter((group) => group !== '');
  await readSnapshot(
    (path) => {
      const [group, version, plural] = path
        .replace(/^\/api\//, '//')
        .replace(/^\/apis\//, '/')
        .slice(1)
        .split(/[/?]/);
      if (version === 'v1' && plural) asked.add(`${group}/${plural}`);
      return Promise.resolve(answer(path, groups));
    },
    { sleep: () => Promise.resolve(), progress: () => undefined },
  );
  const allowed = role.rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );
  // The same objects, by an API that is not everywhere.
  const both = [...asked, ...[...asked].flatMap((one) => (one.startsWith('projectcalico.org/') ? [`crd.${one}`] : []))];
  expect([...allowed].sort()).toEqual(both.sort());
  expect(role.rules.every(({ verbs }) => verbs.join() === 'list')).toBe(true);
});

function answer(path: string, groups: readonly string[]): Answer {
  if (path === '/version') return json({ major: '1', minor: '33' });
  if (path === '/apis') return json({ groups: groups.map((name) => ({ name, versions: [{ version: 'v1' }] })) });
  if (!/^\/(?:api|apis\/[^/]+)\/v1$/.test(path)) return json({ items: [] });
  const group = path.startsWith('/apis/') ? path.split('/')[2] : '';
  const kinds = [...(NETWORK_KINDS.get(group) ?? []), ...(group === '' ? ['ConfigMap'] : [])];
  return json({ resources: kinds.map((kind) => ({ name: pluralOf(kind), kind, namespaced: true, verbs: ['list'] })) });
}
