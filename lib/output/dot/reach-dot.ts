import { counted } from '../check-result';
import { reachGraph } from '../reach-graph';
import { type ReachResult, reachConnections } from '../reach-result';
import { visible } from '../text/visible';

/** A graph for Graphviz: a box for each namespace, an arrow for each connection. */
export function* reachDot(result: ReachResult): Generator<string> {
  if (result.grouping === 'namespace') {
    yield* namespacesDot(result);
    return;
  }
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

/** A node for each namespace. What every other workload may open, and who may go out anywhere, stands in the node and is no arrow. */
function* namespacesDot(result: ReachResult): Generator<string> {
  const { nodes, edges, waysIn } = reachGraph(result, 'namespace');
  const namespaceOf = new Map(nodes.map(({ text, namespace }) => [text, namespace]));
  yield 'digraph reach {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname="sans-serif"];\n  edge [fontname="sans-serif", fontsize=10];\n';
  for (const namespace of new Set(namespaceOf.values())) {
    const members = nodes.filter((node) => node.namespace === namespace);
    const open = members.flatMap(({ name, fromAll }) => (fromAll === undefined ? [] : [`all → ${name}: ${fromAll}`]));
    const out = members.filter(({ goesOutAnywhere }) => goesOutAnywhere).length;
    const lines = [
      `${namespace} (${counted(members.length, 'workload')})`,
      ...open.slice(0, SHOWN_MARKS),
      ...(open.length > SHOWN_MARKS ? [`… and ${open.length - SHOWN_MARKS} more that all may open`] : []),
      ...(out > 0 ? [`${out} may go out anywhere`] : []),
    ];
    yield `  ${quoted(namespace)} [label=${label(...lines)}];\n`;
  }
  for (const { from, to, label: conns, count } of edges) {
    yield `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(conns)}, tooltip=${quoted(counted(count, 'connection'))}];\n`;
  }
  for (const { name, target, label: conns } of waysIn) {
    yield `  ${quoted(name)} [style=dashed];\n  ${quoted(name)} -> ${quoted(namespaceOf.get(target) ?? target)} [label=${quoted(conns)}, style=dashed];\n`;
  }
  yield '}\n';
}

const SHOWN_MARKS = 6;

/** Lines of a label, in which Graphviz reads HTML entities. */
function label(...lines: readonly string[]): string {
  return `"${lines.map((line) => quoted(line).slice(1, -1).replaceAll('&', '&amp;')).join('\\n')}"`;
}

function quoted(text: string): string {
  return `"${visible(text).replace(/[\\"]/g, '\\$&')}"`;
}
