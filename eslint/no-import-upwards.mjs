import { readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';

const ROOT = dirname(import.meta.dirname);

/** The folders of lib in their order: each imports only from itself and from those before it. */
export const LAYERS = JSON.parse(readFileSync(new URL('layers.json', import.meta.url), 'utf8'));

const FOLDERS = LAYERS.flatMap(({ folders }) => folders);

/** Where a file stands in the order; -1 for one that no folder of the table has. Patterns of files go before folders. */
export function layerOf(path) {
  const file = path.endsWith('.ts') ? path : `${path}.ts`;
  const named = FOLDERS.findIndex((folder) => folder.endsWith('.ts') && picomatch.isMatch(file, folder));
  if (named !== -1) return named;
  return FOLDERS.findIndex((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upwards:
        '{{importer}} stands before {{imported}} in eslint/layers.json, and imports only from itself and what stands before it',
      unknown: '{{folder}} is not in eslint/layers.json: add it, with what it holds',
    },
  },
  create(context) {
    const path = relative(ROOT, context.filename).split(sep).join('/');
    const own = layerOf(path);
    const check = (node, source) => {
      if (source?.type !== 'Literal' || !String(source.value).startsWith('.')) return;
      const imported = relative(ROOT, resolve(dirname(context.filename), String(source.value)))
        .split(sep)
        .join('/')
        .replace(/\.js$/, '');
      const other = layerOf(imported);
      if (own === -1 || other <= own) return;
      context.report({ node, messageId: 'upwards', data: { importer: FOLDERS[own], imported: FOLDERS[other] } });
    };
    return {
      Program(node) {
        if (own === -1) context.report({ node, messageId: 'unknown', data: { folder: posix.dirname(path) } });
      },
      ImportDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
    };
  },
};
