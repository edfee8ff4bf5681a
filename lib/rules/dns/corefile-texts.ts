import {
  at,
  concat,
  type FieldPath,
  flatMap,
  member,
  type ModelObject,
  type NetworkModel,
  record,
  text,
} from '../../model';
import type { CorefileProblem } from './corefile-problem';
import { type CorefilePlugin, readCorefile, type ServerBlock } from './corefile-blocks';

/** A Corefile, or a part of one, in a ConfigMap. */
export interface CorefileText {
  readonly object: ModelObject;
  readonly field: FieldPath;
  readonly blocks: readonly ServerBlock[];
  readonly snippets: readonly CorefilePlugin[];
  readonly broken: readonly CorefileProblem[];
  /** What is added to a line for that in the field. */
  readonly firstLine: number;
}

/** AKS and k3s import its keys into their Corefile: `*.server` beside its server blocks, `*.override` inside of the one for all names. */
const CUSTOM = 'coredns-custom';

/** The Corefiles of the model, those of one process together. */
export function corefileTexts(model: NetworkModel): readonly (readonly CorefileText[])[] {
  const maps = model.ofKind('ConfigMap');
  const customs = maps.filter(({ ref }) => ref.name === CUSTOM);
  const importing = maps.find((object) => isWhole(object) && importsCustom(corefileOf(object)));
  const wholes = maps.filter(isWhole);
  const parts = (object: ModelObject): readonly CorefileText[] => customTexts(object);
  return concat(
    wholes.map((object) =>
      concat(
        [read(object, ['data', 'Corefile'], corefileOf(object))],
        object === importing ? flatMap(customs, parts) : [],
      ),
    ),
    importing === undefined ? customs.map(parts) : [],
  );
}

function isWhole(object: ModelObject): boolean {
  return corefileOf(object) !== '';
}

function corefileOf({ manifest }: ModelObject): string {
  return text(at(manifest, 'data', 'Corefile')) ?? '';
}

function importsCustom(corefile: string): boolean {
  return corefile.split('\n').some((line) => /^\s*import\s.*custom\/\*\.server$/.test(line.trimEnd()));
}

function customTexts(object: ModelObject): readonly CorefileText[] {
  const data = record(at(object.manifest, 'data')) ?? {};
  return flatMap(Object.keys(data).sort(), (key): readonly CorefileText[] => {
    const content = text(member(data, key));
    if (content === undefined) return [];
    const field = ['data', key];
    if (key.endsWith('.server')) return [read(object, field, content)];
    if (!key.endsWith('.override')) return [];
    // The zones of the server block that it becomes a part of do not matter here.
    const part = read(object, field, `(override) {\n${content}\n}`, -1);
    return [{ ...part, blocks: [] }];
  });
}

function read(object: ModelObject, field: FieldPath, content: string, firstLine = 0): CorefileText {
  const corefile = readCorefile(content);
  if ('blocks' in corefile) return { object, field, ...corefile, broken: [], firstLine };
  const { line, ...problem } = corefile;
  return { object, field, blocks: [], snippets: [], broken: [{ textLine: line, ...problem }], firstLine };
}
