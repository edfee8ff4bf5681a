import { type ReachResult, reachConnections } from '../reach-result';
import { visible } from '../text/visible';

/** A graph for Graphviz: a box for each namespace, an arrow for each connection. */
export function* reachDot(result: ReachResult): Generator<string> {
  const { reach } = result;
  yield 'digraph reach {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname="sans-serif"];\n  edge [fontname="sans-serif", fontsize=10];\n';
  const seen = new Set<string>();
  const edges: string[] = [];
  for (const { src, dst, set } of reachConnections(result)) {
    seen.add(src).add(dst);
    edges.push(`  ${quoted(src)} -> ${quoted(dst)} [label=${quoted(reach.sets.text(set))}];\n`);
  }
  const byNamespace = new Map<string, string[]>();
  for (const { text, namespace, name, kind } of reach.workloads) {
    if (!seen.delete(text)) continue;
    const nodes = byNamespace.get(namespace) ?? [];
    nodes.push(`    ${quoted(text)} [label=${label(name, kind)}];\n`);
    byNamespace.set(namespace, nodes);
  }
  for (const [namespace, nodes] of byNamespace) {
    yield `  subgraph ${quoted(`cluster_${namespace}`)} {\n    label=${label(namespace)};\n${nodes.join('')}  }\n`;
  }
  for (const other of seen) yield `  ${quoted(other)} [style=dashed];\n`;
  yield* edges;
  yield '}\n';
}

/** Lines of a label, in which Graphviz reads HTML entities. */
function label(...lines: readonly string[]): string {
  return `"${lines.map((line) => quoted(line).slice(1, -1).replaceAll('&', '&amp;')).join('\\n')}"`;
}

function quoted(text: string): string {
  return `"${visible(text).replace(/[\\"]/g, '\\$&')}"`;
}
