import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Event } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { compareText } from '../../lib/finding/finding';
import { readManifests, type ReadManifests } from '../../lib/manifests';
import { carefulDocument } from '../../lib/manifests/careful-document';
import { decodeText } from '../../lib/manifests/decode-text';
import { hasInvisibleCharacters } from '../../lib/syntax/invisible-characters';
import { placeOf } from '../../lib/manifests/node-place';
import { placesInValues } from '../../lib/manifests/plain-places';
import { plainValue } from '../../lib/manifests/plain-value';
import { sharedTexts } from '../../lib/manifests/shared-texts';
import { yamlDocument } from '../../lib/manifests/yaml-nodes';
import { readDocuments } from '../../lib/manifests/read-documents';
import { parseStream } from '../../lib/manifests/yaml-stream';
import type { SourceObject } from '../../lib/model';
import { CORPUS, describeCorpus } from '../corpus/corpus';
import { findingLines } from './read-text';

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort(compareText)
    .map((file) => join(folder, file));
}

function read(file: string): ReadManifests {
  return readManifests([{ path: relative(CORPUS, file), bytes: readFileSync(file) }]);
}

function textOf(file: string): string {
  return decodeText(readFileSync(file)).text;
}

/** What reading says about each case; about all others it says nothing: their defects are for the rules. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'yaml-alias-bomb': ['NL940 error 1:1 -'],
  'yaml-duplicate-key-list-item': ['NL932 error 29:7 Service shop/web'],
  // Its severity there is warning: kubectl accepts it, and loses the first of two different values.
  'yaml-duplicate-key-real-world': ['NL932 error 62:9 Deployment spring-petclinic/customers-service'],
  'yaml-helm-missing-separator-newline': ['NL941 error 30:1 Service shop/web'],
  'yaml-kind-case': ['NL934 error 20:7 service shop/web'],
  // Invalid keys are for the rules; that y is a boolean is found on the way.
  'yaml-label-key-invalid': ['NL938 error 24:33 Service shop/web'],
  'yaml-missing-kind': ['NL936 error 1:1 (unknown) shop/web'],
  'yaml-missing-separator': ['NL941 error 30:1 Service shop/web'],
  'yaml-nbsp': ['NL937 error 23:1 Service default/web'],
  'yaml-port-exponent': ['NL933 error 28:13 Service shop/web'],
  'yaml-port-octal': ['NL933 warning 28:13 Service shop/web'],
  'yaml-tab-indent': ['NL931 error 26:1 -'],
  'yaml-undefined-alias': ['NL931 error 8:10 -'],
  'yaml-utf16': ['NL939 error null:null -'],
  'yaml-wrong-group': ['NL935 error 19:13 Service shop/web'],
};

const SKIPPED: Readonly<Record<string, readonly string[]>> = {
  'yaml-not-kubernetes': ['a Compose file'],
  'yaml-scalar-document': [
    'a document that is a string, not an object',
    'a document that is a number, not an object',
    'a document that is a list, not an object',
  ],
};

describeCorpus('manifests with one known defect', () => {
  const names = readdirSync(join(CORPUS, 'bad')).flatMap((file) =>
    file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [],
  );

  test('every case that is expected is there', () => {
    expect([...Object.keys(EXPECTED), ...Object.keys(SKIPPED)].filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(names)('%s', (name) => {
    const result = read(join(CORPUS, 'bad', `${name}.yaml`));
    const lines = findingLines(result).map((line) => line.replace(`bad/${name}.yaml:`, '').replace(/: .*/, ''));
    expect(lines).toEqual(EXPECTED[name] ?? []);
    expect(result.skipped.map(({ because }) => because)).toEqual(SKIPPED[name] ?? []);
  });
});

describeCorpus('manifests of well-known projects', () => {
  test.each(readdirSync(join(CORPUS, 'good')))('%s: nothing to say, and the same values as another parser', (name) => {
    for (const file of filesIn(join(CORPUS, 'good', name))) {
      const result = read(file);
      expect(findingLines(result)).toEqual([]);
      expect(result.skipped).toEqual([]);
      expect(readDocuments(textOf(file)).map(({ value }) => value)).toEqual(otherValues(textOf(file)));
    }
  });

  test.each(readdirSync(join(CORPUS, 'good')))('%s: each text stands where it is said to be', (name) => {
    for (const file of filesIn(join(CORPUS, 'good', name))) {
      const lines = textOf(file).split('\n');
      for (const object of read(file).objects) expect(misplaced(object, lines)).toEqual([]);
    }
  });
});

describeCorpus('all corpora', () => {
  test.each(readdirSync(CORPUS).filter((name) => !name.includes('.') && filesIn(join(CORPUS, name)).length > 0))(
    '%s: the fast way gives the same values and places as the careful one',
    (name) => {
      let documents = 0;
      for (const file of filesIn(join(CORPUS, name))) {
        for (const { text, events } of streamDocuments(textOf(file))) {
          const places = { start: 0, offsets: [] };
          const value = plainValue(text, events, places, sharedTexts());
          if (value === undefined || hasInvisibleCharacters(text)) continue;
          documents++;
          expect(carefulDocument(text, events)).toEqual({ value, remarks: [] });
          if (value !== null) expect(misplacedPaths(text, events, value, places.offsets)).toEqual([]);
        }
      }
      expect(documents).toBeGreaterThan(0);
    },
  );
});

/** Of a document with thousands of nodes some are enough. */
const MOST_PATHS = 20;

/** Paths whose place in the plain value is not that of the node. */
function misplacedPaths(text: string, events: readonly Event[], value: unknown, offsets: readonly number[]): string[] {
  const { root } = yamlDocument(text, events);
  const placeInValue = placesInValues();
  const all = pathsOf(value);
  const every = Math.ceil(all.length / MOST_PATHS);
  return all
    .filter((_, index) => index % every === 0)
    .flatMap((path) => [path, [...path, 'absent'], [...path, 99]])
    .filter((path) => {
      const noted = placeInValue(value, path, offsets, 0);
      return noted === undefined ? !hasNumberedName(value) : noted !== placeOf(root, path);
    })
    .map((path) => path.join('.'));
}

function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const members = Object.values(value) as unknown[];
  return [[], ...names.flatMap((name, index) => pathsOf(members[index]).map((path) => [name, ...path]))];
}

function hasNumberedName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isNumbered = !Array.isArray(value) && Object.keys(value).some((name) => /^[0-9]+$/.test(name));
  return isNumbered || Object.values(value).some(hasNumberedName);
}

function streamDocuments(text: string): { readonly text: string; readonly events: readonly Event[] }[] {
  const stream = parseStream(text);
  return stream.problem === null ? stream.documents.map((events) => ({ text: stream.text, events })) : [];
}

/** YAML 1.1 knows the octal file modes, and gives text where a block scalar ends with the file a line break less. */
function otherValues(text: string): unknown[] {
  return [
    ...parseAllDocuments(`${text}\n`, {
      version: '1.1',
      customTags: (tags) => tags.filter((tag) => tag !== 'timestamp'),
    }),
  ]
    .map((document): unknown => document.toJS())
    .filter((value) => value !== null);
}

/** The texts that do not stand at their place. What is in quotes, or a block, starts with that. */
function misplaced({ manifest, locate }: SourceObject, lines: readonly string[]): string[] {
  const wrong: string[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    const { line, column } = locate(path);
    const written = (lines[(line ?? 0) - 1] ?? '').slice((column ?? 0) - 1);
    if (!isWrittenAs(written, value, path.at(-1)))
      wrong.push(`${path.join('.')} is ${JSON.stringify(value)}: ${written}`);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value))
      visit(member, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(manifest, []);
  return wrong;
}

function isWrittenAs(written: string, value: unknown, key: string | number | undefined): boolean {
  if (/^["'|>]/.test(written)) return true;
  if (typeof value === 'string') return value.startsWith(/^\S*/.exec(written)?.[0].replace(/[,}\]]+$/, '') ?? ' ');
  if (typeof value === 'number') return /^[-+.0-9]/.test(written);
  if (typeof value === 'boolean') return written.startsWith(String(value));
  // The key of a map or list, or of an absent value; the first key, or the dash, of an item.
  return typeof key === 'string' ? written.startsWith(key) || written.startsWith('null') : written !== '';
}
