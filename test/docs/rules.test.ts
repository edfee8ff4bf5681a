import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../../lib/catalogue/rule-catalogue';
import { CHANGE_RULES } from '../../lib/diff';
import { compareText } from '../../lib/finding/finding';
import { RETIRED_RULES } from '../../lib/finding/retired-rules';
import { PLAN_RULES } from '../../lib/plan';
import { readRulePage, type RulePage } from './rule-page';
import { checkManifests, diffManifests, fixableIn, planFleet, synthesize } from './run-example';

const FOLDER = join(__dirname, '../../docs/rules');

const RULES = ALL_RULES;
const CODES = RULES.map(({ code }) => code);

/** Pages whose example is told, not run, because one file cannot show the problem. */
const TOLD: ReadonlyMap<string, string> = new Map([
  ['NL123', 'needs a lock file and CI=true'],
  ['NL126', 'needs two apps in one process'],
  ['NL127', 'needs a construct that writes files of its own'],
  ['NL128', 'needs a construct that writes files of its own'],
  ['NL129', 'needs a file system that refuses to write'],
  ['NL850', 'needs a runbook that somebody else wrote'],
  ['NL851', 'needs a runbook that somebody else wrote'],
  ['NL852', 'needs a runbook that somebody else wrote'],
  ['NL853', 'needs a runbook that somebody else wrote'],
  ['NL854', 'needs a runbook that somebody else wrote'],
  ['NL855', 'needs a runbook that somebody else wrote'],
  ['NL856', 'needs a runbook that somebody else wrote'],
  ['NL857', 'needs a runbook that somebody else wrote'],
  ['NL858', 'needs a runbook that somebody else wrote'],
  ['NL859', 'needs a runbook that somebody else wrote'],
  ['NL170', 'needs two clusters'],
  ['NL171', 'needs two clusters'],
  ['NL172', 'needs two clusters'],
  ['NL173', 'needs two clusters'],
  ['NL174', 'needs two clusters'],
  ['NL904', 'needs a file that is no YAML'],
  ['NL906', 'needs a file system that refuses to write'],
  ['NL930', 'needs a file that is not there'],
  ['NL939', 'needs bytes that are no text'],
  ['NL948', 'needs a folder without files'],
  ['NL950', 'needs a running cluster'],
  ['NL951', 'needs a running cluster'],
  ['NL960', 'is about a suppression'],
  ['NL961', 'is about a suppression'],
  ['NL962', 'is about a suppression'],
  ['NL947', 'needs a folder with a kustomization'],
  ['NL970', 'is about netloom.yaml'],
]);

const SECTIONS = ['Why it matters', 'Example', 'Corrected', 'How to fix', 'Source'];

function page(code: string): RulePage {
  return readRulePage(readFileSync(join(FOLDER, `${code}.md`), 'utf8'));
}

function codesOf(code: string, section: string): string[] {
  const blocks = page(code).blocksOf(section);
  expect(blocks.length).toBeGreaterThan(0);
  if (blocks[0].language === 'ts') return synthesize(blocks);
  if (CHANGE_RULES.some((rule) => rule.code === code)) return diffManifests(blocks);
  return PLAN_RULES.some((rule) => rule.code === code) ? planFleet(blocks) : checkManifests(blocks, code);
}

test('no code and no slug stands for two rules', () => {
  const names = [...RULES, ...RETIRED_RULES].flatMap(({ code, slug }) => [code, slug]);
  expect(names).toEqual([...new Set(names)]);
});

test('every code has a page, and every page has a code', () => {
  const pages = readdirSync(FOLDER).filter((file) => file !== 'README.md');
  const codes = [...CODES, ...RETIRED_RULES.map(({ code }) => code)].sort(compareText);
  expect(pages.sort(compareText)).toEqual(codes.map((code) => `${code}.md`));
});

test('no page has a place that is left to fill in', () => {
  const unfinished = CODES.filter((code) => readFileSync(join(FOLDER, `${code}.md`), 'utf8').includes('TODO'));
  expect(unfinished).toEqual([]);
});

test.each(RETIRED_RULES)('the page of $code, which is gone, says what took its place', (rule) => {
  const { title, summary, sections, textOf } = page(rule.code);
  expect([title, summary, sections]).toEqual([
    `# ${rule.code} ${rule.slug}`,
    `**gone** · ${rule.title}.`,
    ['What took its place'],
  ]);
  const named = [...textOf('What took its place').matchAll(/\[(NL\d+)\]\((NL\d+)\.md\)/g)];
  expect(named.map(([, code]) => code)).toEqual(rule.successors);
  expect(named.map(([, , file]) => file)).toEqual(rule.successors);
  expect(CODES).toEqual(expect.arrayContaining([...rule.successors]));
});

describe.each(RULES)('$code $slug', ({ code, slug, severity, title, fixable = false }) => {
  test('has a page of the usual shape', () => {
    const { title: heading, summary, sections, textOf } = page(code);
    expect([heading, summary]).toEqual([
      `# ${code} ${slug}`,
      `**${severity}** ·${fixable ? ' fixable ·' : ''} ${title}.`,
    ]);
    expect(sections).toEqual(SECTIONS);
    for (const section of SECTIONS) expect(textOf(section)).not.toBe('');
  });

  if (TOLD.has(code)) {
    test(`tells its example: it ${String(TOLD.get(code))}`, () => {
      const languages = ['Example', 'Corrected']
        .flatMap((section) => page(code).blocksOf(section))
        .map((b) => b.language);
      expect(languages.filter((language) => language !== 'text' && language !== 'sh')).toEqual([]);
    });
    return;
  }

  test('the example reports it, and nothing else', () => {
    expect(codesOf(code, 'Example')).toEqual([code]);
  });

  if (!fixable) {
    test('--fix does not touch the example', () => {
      const [block] = page(code).blocksOf('Example');
      expect(block.language === 'yaml' && fixableIn(block, code)).toBe(false);
    });
  }

  test('the corrected example reports nothing', () => {
    expect(codesOf(code, 'Corrected')).toEqual([]);
  });
});
