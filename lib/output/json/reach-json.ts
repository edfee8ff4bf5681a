import { objectText } from '../../finding/finding';
import { notConsidered, type ReachResult, reachConnections } from '../reach-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

/** One connection a line, as they are found. */
export function* reachJson(result: ReachResult): Generator<string> {
  const { reach, entrances, findings, doubts } = result;
  const texts = new Map<string, string>();
  const quoted = (text: string): string => {
    const known = texts.get(text) ?? jsonText(text);
    texts.set(text, known);
    return known;
  };
  yield '{\n  "version": 1,\n  "connections": [';
  let separator = '\n    ';
  let source: string | undefined;
  let begin = '';
  for (const { src, dst, set } of reachConnections(result)) {
    if (src !== source) begin = `{"src": ${quoted(src)}, "dst": `;
    source = src;
    const unknown = doubts?.get(src) ?? doubts?.get(dst);
    const doubt = unknown === undefined ? '' : `, "unknown": ${quoted(unknown)}`;
    yield `${separator}${begin}${quoted(dst)}, "conns": ${quoted(reach.sets.text(set))}${doubt}}`;
    separator = ',\n    ';
  }
  const exposure = entrances.map(({ kind, object, workload, offered, connections, assumed }) => ({
    via: kind,
    object: object.ref,
    origin: object.locate([]),
    dst: reach.workloads[workload].text,
    offered: reach.sets.text(offered),
    conns: reach.sets.text(connections),
    assumed,
  }));
  exposure.sort((a, b) => (exposureKey(a) < exposureKey(b) ? -1 : 1));
  yield `${separator === ',\n    ' ? '\n  ' : ''}],\n  "exposure": ${indented(exposure)},\n`;
  yield `  "notConsidered": ${indented(notConsidered(result))},\n`;
  yield `  "findings": ${indented(findings.map((finding) => findingJson(finding)))}\n}\n`;
}

function exposureKey({
  dst,
  via,
  object,
}: {
  dst: string;
  via: string;
  object: Parameters<typeof objectText>[0];
}): string {
  return [dst, via, objectText(object)].join('\0');
}

function indented(value: unknown): string {
  return jsonText(value, 2).replaceAll('\n', '\n  ');
}
