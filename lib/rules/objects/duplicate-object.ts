import { identityOf, type ModelObject, type RepeatedObject } from '../../model';
import { groupBy, memoized } from '../../model/lookup';
import type { NetworkRule, Violation } from '../network-rule';

const NAME = ['metadata', 'name'];

/** The API server keeps one object of a kind and name in a namespace: of two, the one applied last wins. */
export const duplicateObject: NetworkRule = {
  code: 'NL910',
  slug: 'duplicate-object',
  severity: 'error',
  title: 'An object is defined twice',
  check(model, report) {
    const placeOf = memoized(
      ({ position }: ModelObject) => String(position),
      ({ locate }: ModelObject): Place => locate(NAME),
    );
    // What is applied at different times may bring the same Namespace along.
    const repeated = model.repeated.filter(
      ({ object, first }) => object.ref.kind !== 'Namespace' || areTogether(placeOf(object), placeOf(first)),
    );
    const [rendered, written] = partition(repeated, ({ object, first }) => isOneText(placeOf(object), placeOf(first)));
    if (rendered.length > 0) report(renderedTwice(rendered));
    const groupOf = connectedFiles(written);
    for (const pairs of groupBy(written, ({ object }) => groupOf(fileOf(object))).values()) {
      const count = new Set(pairs.map(({ object }) => identityOf(object.ref))).size;
      for (const pair of count === 1 ? pairs : pairs.slice(0, 1)) {
        report(violation(pair, pairs, areTogether(placeOf(pair.object), placeOf(pair.first))));
      }
    }
  },
};

type Place = ReturnType<ModelObject['locate']>;

/** One text that several kustomizations render into one cluster. Code may make many objects in one line. */
function isOneText(one: Place, other: Place): boolean {
  return (
    one.construct === null &&
    one.file !== null &&
    one.line !== null &&
    one.file === other.file &&
    one.line === other.line &&
    one.column === other.column
  );
}

/** Whoever applies one of them applies the other: they are in one file, or in one folder that is no collection of examples. */
function areTogether(one: Place, other: Place): boolean {
  if (one.file === null || other.file === null || one.construct !== null) return true;
  if (isOneText(one, other)) return false;
  return one.file === other.file || (folderOf(one.file) === folderOf(other.file) && !EXAMPLES.test(one.file));
}

/** Folders whose files are not meant to be applied together. */
const EXAMPLES = /(?:^|\/)(?:_?archived?|docs?|examples?|samples?|test|tests|testdata|tutorials?)\//i;

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  const first: T[] = [];
  const second: T[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}

function renderedTwice(pairs: readonly RepeatedObject[]): Violation {
  const [{ object, first }] = pairs;
  const count = new Set(pairs.map((pair) => identityOf(pair.object.ref))).size;
  return {
    on: object,
    field: NAME,
    severity: 'warning',
    related: [{ on: first, field: NAME, message: 'rendered here too' }],
    message: `several kustomizations of one cluster render this object${count === 1 ? '' : ` and ${count - 1} more`}: what is applied last replaces the others`,
    help: 'apply one of the kustomizations alone, or say with clusters: in netloom.yaml that they belong to different clusters',
  };
}

function violation({ object, first }: RepeatedObject, pairs: readonly RepeatedObject[], isSure: boolean): Violation {
  const count = new Set(pairs.map((pair) => identityOf(pair.object.ref))).size;
  const common = {
    on: object,
    field: NAME,
    related: [{ on: first, field: NAME, message: 'first defined here' }],
    ...(!isSure && { severity: 'warning' as const }),
  };
  if (count === 1) {
    return {
      ...common,
      message: 'this object is defined twice: the one that is applied last replaces the other',
      help: isSure
        ? 'rename one of them, or remove it'
        : 'rename one of them, or say with clusters: in netloom.yaml that they belong to different clusters',
    };
  }
  const [here, there] = [fileOf(object), fileOf(first)];
  return {
    ...common,
    // A file that says again what others say is a copy, and no mistake of a name.
    ...(pairs.every((pair) => fileOf(pair.object) !== fileOf(pair.first)) && { severity: 'warning' }),
    message: `this object and ${count - 1} more are defined twice, ${here === there ? `in ${here}` : `in ${there} and in ${here}`}: those that are applied last replace the others`,
    help: 'apply one of the files alone, or say with clusters: in netloom.yaml that they belong to different clusters',
  };
}

/** Files that repeat one another, directly or through others, have one name. */
function connectedFiles(repeated: readonly RepeatedObject[]): (file: string) => string {
  const parents = new Map<string, string>();
  const root = (file: string): string => {
    let top = file;
    for (let parent = parents.get(top); parent !== undefined; parent = parents.get(top)) top = parent;
    if (top !== file) parents.set(file, top);
    return top;
  };
  for (const { object, first } of repeated) {
    const [one, other] = [root(fileOf(object)), root(fileOf(first))];
    if (one !== other) parents.set(one < other ? other : one, one < other ? one : other);
  }
  return root;
}

function fileOf({ locate }: ModelObject): string {
  const { file, construct } = locate([]);
  return file ?? construct ?? '';
}
