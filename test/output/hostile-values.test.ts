import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import dotparser from 'dotparser';
import MarkdownIt from 'markdown-it';
import { SaxesParser } from 'saxes';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

/** What strangers may write into a name, a value, a file or a comment, and what each format must not make of it. */
const HOSTILE = [
  '\u001b[31mred\u001b]8;;http://evil.example\u0007x',
  '\u0000\u0008\u007f\u009b31m',
  '\u202eoverride\u2066isolate\u200bzero\ufeff\u2028line',
  '\ufffe\uffff\ud800half',
  'a\n::error::annotation\r\n::set-output name=x::y',
  '##[command]run ##vso[task.setvariable variable=x]y ##teamcity[x]',
  '</text></system-out>]]><script>alert(1)</script>&lt;b&amp;',
  '[link](http://evil.example) ![image](http://evil.example) <http://evil.example> http://evil.example www.evil.example',
  '`code` **bold** | cell | @everyone #1 !2 \\ ~x~ _y_',
  '```\n# heading',
  '=cmd|/C calc!A0',
  '"; } evil -> graph; "',
  '"]:::x\n  click block0 "http://evil.example"',
  '-->%0A::error::x',
];

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const RUNNER = /##[a-z]*\[/i;

/** For people: nothing unseen, and no line that a runner takes for a command. Markdown parts words by a space without width. */
function expectHarmless(text: string, where: string): void {
  const lines = text.split('\n').map((line) => line.replaceAll('\u200b', where.includes('markdown') ? '' : '\u200b'));
  const bad = lines.filter((line) => UNSEEN.test(line) || RUNNER.test(line) || /^\s*::/.test(line));
  expect({ where, bad }).toEqual({ where, bad: [] });
}

const CHECKS: Readonly<Record<string, (text: string, where: string) => void>> = {
  text: expectHarmless,
  concise: expectHarmless,
  json: expectJson,
  sarif: (text, where) => {
    expectJson(text, where);
    // Names of objects are no messages, and nobody looks for links there.
    for (const { 1: message } of text.matchAll(/"text": ("(?:[^"\\]|\\.)*")/g)) expect(message).not.toContain('](');
  },
  gitlab: expectJson,
  github: (text, where) => {
    for (const line of text.split('\n').filter((each) => each !== '')) {
      expect({ where, line }).toEqual({
        where,
        line: expect.stringMatching(/^::(error|warning|notice) [^\n]*::/) as string,
      });
      const decoded = line.replace(/%(0A|0D|25|3A|2C)/g, '');
      expect({ where, line: UNSEEN.test(decoded) || RUNNER.test(decoded) ? line : '' }).toEqual({ where, line: '' });
    }
  },
  junit: expectXml,
  svg: expectXml,
  markdown: expectMarkdown,
  csv: (text, where) => {
    expectHarmless(text, where);
    const rows: string[][] = parseCsv(text);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([3]));
    for (const cell of rows.flat())
      expect({ where, cell }).toEqual({ where, cell: expect.not.stringMatching(/^[=+\-@\t\r]/) as string });
  },
  dot: (text, where) => {
    expectHarmless(text, where);
    const [graph] = dotparser(text);
    expect(graph.type).toBe('digraph');
  },
};

function expectJson(text: string, where: string): void {
  expectHarmless(text, where);
  JSON.parse(text);
}

function expectXml(text: string, where: string): void {
  expectHarmless(text, where);
  const names = new Set<string>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Error(`${where}: ${error.message}`);
  });
  parser.on('opentag', ({ name }) => names.add(name));
  parser.write(text).close();
  expect([...names]).not.toContain('script');
}

/** The page of a rule: nothing from outside is in the link. */
const RULE_LINK = /\[(NL\d{3})\]\(https:\/\/github\.com\/netloom\/netloom\/blob\/main\/docs\/rules\/\1\.md\)/g;

function expectMarkdown(written: string, where: string): void {
  expectHarmless(written, where);
  const text = written.replace(RULE_LINK, '$1');
  const parser = new MarkdownIt({ html: true, linkify: true });
  // Addresses without a scheme are links in no comment, but for www.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
  const tokens = parser.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const types = tokens
    .map(({ type }) => type)
    .filter((type) => /^(link|image|em|strong|s|code_inline)_?(open)?$/.test(type));
  expect({ where, types: types.filter((type) => !type.includes('code_inline')) }).toEqual({ where, types: [] });
  const html = tokens
    .filter(({ type }) => type.startsWith('html'))
    .map(({ content }) => content.replace(/<\/?(br|details|summary)>/g, ''));
  expect({ where, html: html.filter((content) => content.includes('<')) }).toEqual({ where, html: [] });
  expect(text.replace(/^```mermaid\n.*?^```$/gms, '')).not.toMatch(/www\.|@[a-z]|https?:\/\//i);
  const fences = tokens.filter(({ type, info }) => type === 'fence' && info === 'mermaid');
  for (const { content } of fences) {
    for (const line of content.split('\n')) {
      expect({ where, line }).toEqual({
        where,
        line: expect.stringMatching(
          /^(flowchart LR|  supernet\["[^"]*"\]|  supernet --- block\d+\["[^"]*"\]:::\w+|  classDef [\w-]+ [^"]*|)$/,
        ) as string,
      });
    }
  }
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  check: ['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'],
  reach: ['text', 'json', 'csv', 'markdown', 'dot', 'svg'],
  explain: ['text', 'json'],
  whois: ['text', 'json'],
  capacity: ['text', 'json'],
  diff: ['text', 'json', 'markdown'],
  plan: ['text', 'json', 'markdown', 'svg'],
};

/** Each `X` is a field that a stranger may write. Two states, so that all of it changes. */
const MANIFESTS = (word: string, address: string): string =>
  [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { a: word } } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: word, namespace: word, annotations: { 'netloom.dev/ignore': `NL299: ${word}` } },
      spec: {
        clusterIP: address,
        externalIPs: ['192.0.2.1'],
        ports: [{ port: 80, name: word, targetPort: word }],
        selector: { [word]: word },
        type: word,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        clusterIP: `$(${word})`,
        ports: [{ port: 80 }],
        selector: { app: word },
        type: 'LoadBalancer',
        loadBalancerIP: word,
        loadBalancerSourceRanges: [word],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: word, namespace: 'shop', labels: { app: word } },
      spec: {
        containers: [{ name: word, image: word, ports: [{ containerPort: 80, name: word }] }],
        dnsPolicy: word,
        hostname: word,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'db', namespace: word },
      spec: { containers: [{ name: 'db', image: 'db' }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: word, namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: word } },
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { [word]: word } } }, { ipBlock: { cidr: word } }],
            ports: [{ port: word, protocol: word }],
          },
        ],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: word, namespace: 'shop' },
      spec: {
        ingressClassName: word,
        rules: [
          {
            host: word,
            http: {
              paths: [{ path: word, pathType: word, backend: { service: { name: word, port: { name: word } } } }],
            },
          },
        ],
        tls: [{ hosts: [word], secretName: word }],
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: word, namespace: 'shop' },
      spec: { hostnames: [word], parentRefs: [{ name: word }], rules: [{ backendRefs: [{ name: word, port: 80 }] }] },
    },
    {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'IPPool',
      metadata: { name: word },
      spec: { cidr: word, nodeSelector: word, ipipMode: word, unknownField: word },
    },
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: word, namespace: 'shop' },
      spec: { endpointSelector: {}, [word]: word },
    },
    { apiVersion: word, kind: word, metadata: { name: word } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: { Corefile: `${word} {\n  forward . ${word}\n}\n` },
    },
  ]
    .map((object) => JSON.stringify(object))
    .join('\n');

const CONFIG = (word: string): string =>
  JSON.stringify({
    exclude: [word],
    rules: { [word]: 'off', NL201: word },
    clusters: { [word]: { paths: [`${word}/**`] } },
    expectations: [{ deny: { from: word, to: word, port: word }, reason: word }, { allow: { from: 'shop', to: word } }],
    [word]: word,
  });

const FLEET = (word: string): string =>
  JSON.stringify({
    supernets: ['10.0.0.0/8'],
    reserved: { [word]: ['10.0.0.0/16'], office: [word] },
    clusters: {
      [word]: { nodes: 4, services: 10 },
      prod: { nodes: 4, services: 10, kubernetesVersion: word },
      dev: { podCidrs: [word] },
    },
    [word]: word,
  });

const LOCK = (word: string): string =>
  JSON.stringify({
    version: 1,
    allocations: { [`${word}/pods/IPv4`]: '10.9.0.0/16', 'prod/pods/IPv4': word, [word]: word },
  });

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A name that a file system takes. */
function fileName(word: string): string {
  return word
    .replace(/[\0/]/g, '_')
    .replace(/[\ud800-\udfff]/g, '')
    .slice(0, 60);
}

const ARGUMENTS = (command: string, word: string): string[] => {
  switch (command) {
    case 'diff':
      return ['old', 'new'];
    case 'explain':
      return ['shop/web', 'shop/db', 'old'];
    case 'whois':
      return [word.startsWith('-') ? '10.0.0.1' : word, 'old'];
    case 'plan':
      return ['fleet.json', '--lock', 'lock.json'];
    default:
      return ['old'];
  }
};

test.each(HOSTILE.map((word): [string] => [word]))(
  '%j comes through every format of every command unharmed',
  async (word) => {
    write(`old/${fileName(word)}.yaml`, MANIFESTS(word, '10.96.0.7').split('\n').join('\n---\n'));
    write(`old/${fileName(word)}.values.yaml`, `# ${word.split('\n')[0]}\nreplicaCount: 1\nimage: {tag: x}\n`);
    write(
      'old/plain.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: a, image: a}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop}\nspec: {containers: [{name: a, image: a}]}\n',
    );
    write(`new/${fileName(word)}.yaml`, MANIFESTS(`${word}2`, '10.96.0.8').split('\n').join('\n---\n'));
    write('fleet.json', FLEET(word));
    for (const withConfig of [false, true]) {
      if (withConfig) write('netloom.yaml', CONFIG(word));
      for (const [command, formats] of Object.entries(FORMATS)) {
        for (const format of formats) {
          if (command === 'plan') write('lock.json', withConfig ? LOCK(word) : '{"version": 1, "allocations": {}}');
          await netloom(command, ...ARGUMENTS(command, word), '-o', format, '--output-file', `${format}=result`);
          const where = `${command} -o ${format}`;
          const { output, errors } = { output: printed.output(), errors: printed.errors() };
          expect(errors).not.toContain('internal error');
          expectHarmless(errors, `standard error of ${where}`);
          if (output === '') continue;
          CHECKS[format](output, where);
          CHECKS[format](readFileSync('result', 'utf8'), `file of ${where}`);
        }
      }
      for (const args of [
        ['check', word],
        ['check', 'old', '--baseline', word],
        ['check', 'old', '--output-file', `json=${word}/x`],
        ['check', 'old', '--fail-on', word],
        ['check', 'old', '--select', word],
        ['check', 'old', '--cluster', word],
        ['check', 'old', '--service-cidr', word],
        ['diff', `${word}:a`, `${word}:b`],
        ['plan', 'fleet.json', '--lock', 'none.json', '--renumber', word],
        ['reach', 'old', '--from', word],
        ['reach', 'old', '--cluster', word],
        ['rule', word],
        [word],
      ]) {
        await netloom(...args);
        expectHarmless(printed.errors(), args.slice(0, 2).join(' '));
        expect(printed.errors()).not.toContain('internal error');
      }
    }
  },
);
