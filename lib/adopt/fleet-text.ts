import { parseDocument, stringify } from 'yaml';
import type { AdoptedCluster } from './adopted-cluster';

/** A whole fleet with that one cluster. */
export function newFleetText(name: string, cluster: AdoptedCluster): string {
  return `clusters:\n${entryText(name, cluster, '  ')}`;
}

/**
 * The text of a fleet with one cluster more. All that is written in it stays as it is: the entry becomes the first one below `clusters`. A fleet
 * that has its clusters in brackets is written anew.
 */
export function withCluster(text: string, name: string, cluster: AdoptedCluster): string {
  const key = /^clusters:[ \t]*(?:#.*)?\r?\n/m.exec(text);
  if (key !== null) {
    const end = key.index + key[0].length;
    const indent = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]+)\S/.exec(text.slice(end))?.[1] ?? '  ';
    return `${text.slice(0, end)}${entryText(name, cluster, indent)}${text.slice(end)}`;
  }
  const document = parseDocument(text, { prettyErrors: false });
  document.setIn(['clusters', name], document.createNode(Object.fromEntries(cluster.entry)));
  return document.toString({ lineWidth: 0 });
}

function entryText(name: string, { entry, questions }: AdoptedCluster, indent: string): string {
  const lines = [...entry].map(
    ([key, value]) =>
      `${key}: ${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim()}`,
  );
  const below = [...lines, ...questions.map((question) => `# ${question}`)].map(
    (line) => `${indent}${indent}${line}\n`,
  );
  return entry.size === 0 ? `${indent}${name}: {}\n${below.join('')}` : `${indent}${name}:\n${below.join('')}`;
}
