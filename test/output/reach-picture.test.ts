import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import parseDot from 'dotparser';
import { SaxesParser } from 'saxes';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function picture(...args: string[]): Promise<string> {
  printed.clear();
  expect(
    await main(['node', 'netloom', 'reach', 'all.yaml', ...args], { version: '1', root: join(__dirname, '../..') }),
  ).toBe(0);
  return printed.output();
}

const workload = (namespace: string, name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n` +
  `  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: 8080 }] }] }\n`;

const policy = (namespace: string, from: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: only-from-${from}, namespace: ${namespace} }\nspec:\n  podSelector: {}\n` +
  `  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${from} } } }], ports: [{ port: 8080 }] }]\n`;

const SHOP = [
  workload('shop', 'web'),
  workload('data', 'db'),
  workload('ops', 'metrics'),
  policy('data', 'shop'),
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: out, namespace: data }\nspec: { podSelector: {}, policyTypes: [Egress] }\n',
  'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n',
].join('---\n');

/** All texts of elements of a name. */
function textsIn(svg: string, name: string): string[] {
  const texts: string[] = [];
  let open = 0;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    if (tag.name === name && open++ === 0) texts.push('');
  });
  parser.on('closetag', (tag) => {
    if (tag.name === name) open--;
  });
  parser.on('text', (text) => {
    if (open > 0) texts.push((texts.pop() ?? '') + text);
  });
  parser.write(svg).close();
  return texts;
}

const ARROWS = /<path class="edge"/g;
const WAYS = /<path class="way"/g;

test('arrows for what policies restrict, marks for what holds for all, and the ways in', async () => {
  writeFileSync('all.yaml', SHOP);
  const svg = await picture('-o', 'svg');
  expect(svg.match(ARROWS)).toHaveLength(1);
  expect(svg.match(WAYS)).toHaveLength(1);
  const titles = textsIn(svg, 'title');
  expect(titles).toContain('shop/web[Deployment] → data/db[Deployment]: TCP 8080');
  expect(titles).toContain('Service shop/web (LoadBalancer) → shop/web[Deployment]: TCP 8080');
  expect(titles).toContain('data/db[Deployment]: isolated for both');
  expect(titles).toContain('ops/metrics[Deployment]: no policy selects it');
  const rows = textsIn(svg, 'text');
  expect(rows).toContain('web↗ ⇐ all');
  expect(rows).toContain('db');
});

test('the order of documents changes nothing', async () => {
  writeFileSync('all.yaml', SHOP);
  const svg = await picture('-o', 'svg');
  writeFileSync('all.yaml', SHOP.split('---\n').reverse().join('---\n'));
  expect(await picture('-o', 'svg')).toBe(svg);
});

test('namespaces as nodes: arrows stand for all connections between them', async () => {
  writeFileSync('all.yaml', `${SHOP}---\n${workload('shop', 'cart')}`);
  const svg = await picture('-o', 'svg', '--group', 'namespace');
  expect(textsIn(svg, 'title')).toContain('shop → data: TCP 8080 (2 connections)');
  const [graph] = parseDot(await picture('-o', 'dot', '--group', 'namespace'));
  const edges = graph.children.filter(({ type }) => type === 'edge_stmt');
  expect(edges.map((edge) => 'edge_list' in edge && edge.edge_list.map((node) => 'id' in node && node.id))).toEqual([
    ['shop', 'data'],
    ['Service shop/web (LoadBalancer)', 'shop'],
  ]);
});

test('three hundred workloads fit a screen: they are in boxes, and arrows are those of namespaces', async () => {
  const namespaces = Array.from({ length: 20 }, (_, index) => `ns-${String(index).padStart(2, '0')}`);
  const workloads = namespaces.flatMap((namespace) =>
    Array.from({ length: 15 }, (_, index) => workload(namespace, `${namespace}-w${index}`)),
  );
  const policies = namespaces.slice(1).map((namespace, index) => policy(namespace, namespaces[index]));
  writeFileSync('all.yaml', [...workloads, ...policies].join('---\n'));
  const svg = await picture('-o', 'svg');
  expect(svg.match(ARROWS)).toHaveLength(19);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  expect(Number(width)).toBeLessThan(2200);
  expect(Number(height)).toBeLessThan(1600);
  // Nobody lies on anybody else.
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="4\.5"/g)].map(([, x, y]) => `${x} ${y}`);
  expect(new Set(places).size).toBe(300);
});

test('Markdown has every name, the ways in, and a summary', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `w${String(index).padStart(2, '0')}`);
  writeFileSync('all.yaml', [SHOP, ...names.map((name) => workload('shop', name))].join('---\n'));
  const markdown = await picture('-o', 'markdown');
  expect(markdown).toMatch(/^### Netloom: 15 workloads, \d+ connections; 0 errors/);
  expect(markdown).toContain('| Service shop/web \\(LoadBalancer\\) | shop/web\\[Deployment\\] | TCP 8080 |  |');
  expect(markdown).not.toMatch(/and \d+ more/);
});
