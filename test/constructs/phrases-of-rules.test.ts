import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const LIB = join(__dirname, '../../lib');

function nodesIn(folder: string): ts.Node[] {
  return readdirSync(join(LIB, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(LIB, folder, file), 'utf8'))
    .flatMap((text) => within(ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022)));
}

function within(node: ts.Node): ts.Node[] {
  const nodes = [node];
  ts.forEachChild(node, (child) => void nodes.push(...within(child)));
  return nodes;
}

function phrasesOf(node: ts.Node): string[] {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name) || node.name.text !== 'phrases') return [];
  if (!ts.isObjectLiteralExpression(node.initializer)) return [];
  return node.initializer.properties.flatMap(({ name }) => (name && ts.isStringLiteral(name) ? [name.text] : []));
}

test('what field maps say in other words is said by a rule in these words', () => {
  const phrases = nodesIn('constructs').flatMap(phrasesOf);
  const said = new Set(nodesIn('rules').flatMap((node) => (ts.isStringLiteralLike(node) ? [node.text] : [])));
  expect(phrases.length).toBeGreaterThan(0);
  expect(phrases.filter((phrase) => !said.has(phrase))).toEqual([]);
});
