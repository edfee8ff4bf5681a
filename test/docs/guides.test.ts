import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as netloom from '../../lib';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';
import { type Example, examplesOf, ROOT, runProgram } from './markdown-examples';

const GUIDES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** What a guide says is there for its fragments of code. */
const PRELUDE = `
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { ${Object.keys(netloom).join(', ')} } from 'netloom';
const app = new App();
const cluster = new Cluster(app, 'prod', {
  families: [IpFamily.IPV4, IpFamily.IPV6],
  supernets: ['10.0.0.0/8', 'fd42::/32'],
  nodes: 50, services: 1000, loadBalancers: 16,
});
const chart = new Chart(cluster, 'chart', { namespace: 'shop' });
const web = new Deployment(chart, 'web-pods', { containers: [{ image: 'x', portNumber: 8080 }] });
const db = new Deployment(chart, 'db-pods', { containers: [{ image: 'x', portNumber: 5432 }] });
`;

const printed = inTemporaryFolders();
const text = (guide: string): string => readFileSync(join(ROOT, guide), 'utf8');

interface Program {
  readonly code: string;
  /** What the guide says that the synth fails with. */
  readonly failure: string | undefined;
}

/** A `ts` block, and the `text` block that follows it if it fails. */
function programs(): [string, Program][] {
  return GUIDES.flatMap((guide) => {
    const examples = examplesOf(guide);
    return examples.flatMap(({ language, code, line }, index): [string, Program][] => {
      if (language !== 'ts') return [];
      const next = examples.at(index + 1);
      const program = code.includes('import ') ? code : `${PRELUDE}{${code}}\napp.synth();`;
      return [[`${guide}:${line}`, { code: program, failure: next?.language === 'text' ? next.code : undefined }]];
    });
  });
}

test.each(programs())('%s does what the guide says', (_place, { code, failure }) => {
  if (failure === undefined) {
    runProgram(code);
    expect(printed.errors()).toBe('');
  } else {
    let message = '';
    try {
      runProgram(code);
    } catch (error) {
      message = (error as Error).message;
    }
    // Lines are those of a file that a reader does not see whole.
    expect(message.replace(/main\.ts:\d+:\d+/g, 'main.ts')).toBe(
      failure.trimEnd().replace(/main\.ts:\d+:\d+/g, 'main.ts'),
    );
  }
});

/** A `console` block: a command, and all that it prints. */
function sessions(): [string, { command: string; output: string; before: readonly Example[] }][] {
  return GUIDES.flatMap((guide) => {
    const examples = examplesOf(guide);
    return examples.flatMap(({ language, code, line }, index): ReturnType<typeof sessions> => {
      if (language !== 'console') return [];
      const [command, ...output] = code.split('\n');
      return [[`${guide}:${line}`, { command, output: output.join('\n'), before: examples.slice(0, index) }]];
    });
  });
}

test.each(sessions())('%s prints what the guide shows', async (_place, { command, output, before }) => {
  for (const { code, file } of before) {
    if (file === undefined) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
  const [prompt, program, ...args] = command.split(' ');
  expect([prompt, program]).toEqual(['$', 'netloom']);
  await main(['node', 'netloom', ...args], { version: '0.0.0', root: ROOT });
  expect(printed.output()).toBe(output);
});

test.each(GUIDES)('%s links to what exists', (guide) => {
  const links = [...text(guide).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(guide), link)))).toEqual([]);
});

test.each(GUIDES)('%s names scripts that exist', (guide) => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  const named = [...text(guide).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
