import type { FieldPath, Wording } from '../model';
import { own } from '../syntax/own-member';

/** Which props of a construct write the fields of an object: rules speak of fields, and the author wrote props. */
export interface FieldMap {
  /**
   * By field: `spec.ports[].name` is written by `ports[].name`. `[]` stands for any index. A field that is not listed is
   * written by the prop of what it stands in.
   */
  readonly props: Readonly<Record<string, string>>;
  /** What rules call a field at the beginning of a message, where that is not its last name: the prop takes its place. */
  readonly subjects?: Readonly<Record<string, string>>;
  /** What to do, where the help of a rule speaks of YAML: by code, or by code and field, `NL234 spec.externalTrafficPolicy`. */
  readonly help?: Readonly<Record<string, string>>;
  /** The same by the words of the rule, where it has several for one field. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** What to do at one place, which is that in the props. */
  readonly helpAt?: (code: string, field: FieldPath) => string | undefined;
  /** The place that an item has in the props, where lists of the object are not in their order. */
  readonly placeInProps?: (field: FieldPath) => FieldPath;
}

/** Words for an author who wrote props. */
export function inProps(fields: FieldMap): Wording {
  const { props, subjects = {}, help = {}, phrases = {}, helpAt, placeInProps = (field) => field } = fields;
  let respelled: ReturnType<typeof respelling> | undefined;
  return ({ code, field, message, help: general }) => {
    // Of most objects nothing is said.
    const spelling = (respelled ??= respelling(props));
    const place = placeInProps(field);
    const known = knownField(props, place);
    const instead =
      helpAt?.(code, place) ?? own(help, `${code} ${patternOf(place)}`) ?? own(help, code) ?? own(phrases, general);
    const prop = known && propOf(props, known);
    const subject = known && own(subjects, patternOf(known));
    return {
      message: prop === undefined ? message : withProp(spelling(message), prop, subject),
      help: instead ?? spelling(general),
    };
  };
}

/** The field, or the nearest one around it, that has a prop. */
function knownField(props: FieldMap['props'], field: FieldPath): FieldPath | undefined {
  for (let length = field.length; length > 0; length--) {
    const around = field.slice(0, length);
    if (Object.hasOwn(props, patternOf(around))) return around;
  }
  return undefined;
}

function propOf(props: FieldMap['props'], field: FieldPath): string {
  const indexes = field.filter((step) => typeof step === 'number');
  let next = 0;
  return (own(props, patternOf(field)) ?? '').replaceAll('[]', () => `[${indexes[next++]}]`);
}

function patternOf(field: FieldPath): string {
  return field.map((step, index) => (typeof step === 'number' ? '[]' : index === 0 ? step : `.${step}`)).join('');
}

/** `port is 0` of `ports[0].port` is `ports[0].port is 0`; what does not name the field is said of it. */
function withProp(message: string, prop: string, subject: string | undefined): string {
  for (const name of [subject, lastName(prop.replaceAll(/\[\d+\]/g, ''))]) {
    if (name !== undefined && /^(?: |:|$)/.test(message.slice(name.length)) && message.startsWith(name)) {
      return prop + message.slice(name.length);
    }
  }
  return message.includes(prop) ? message : `${prop}: ${message}`;
}

/** Fields whose props are spelled otherwise: `clusterIP` is `clusterIp`, and `spec.ingressClassName` is `ingressClass`. */
function respelling(props: FieldMap['props']): (text: string) => string {
  const paths = Object.entries(props).filter(([field]) => field.startsWith('spec.') && !field.includes('[]'));
  const names = Object.entries(props)
    .map(([field, prop]): [string, string] => [lastName(field), lastName(prop)])
    .filter(([field, prop]) => field !== prop && field.toLowerCase() === prop.toLowerCase());
  const spellings = new Map([...names, ...paths]);
  if (spellings.size === 0) return (text) => text;
  const longestFirst = [...spellings.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${longestFirst.map((name) => name.replaceAll('.', '\\.')).join('|')})\\b`, 'g');
  return (text) => text.replaceAll(pattern, (name) => spellings.get(name) ?? name);
}

function lastName(path: string): string {
  const name = path.replaceAll('[]', '');
  return name.slice(name.lastIndexOf('.') + 1);
}
