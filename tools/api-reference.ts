import { compareText } from '../lib/finding/finding';

/** The parts of a jsii assembly (`.jsii`) that a reader needs. */
export interface Assembly {
  readonly name: string;
  readonly types: Readonly<Record<string, ApiType>>;
}

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly returns?: string;
  readonly deprecated?: string;
  readonly custom?: Readonly<Record<string, string>>;
}

type TypeReference =
  | { readonly primitive: string }
  | { readonly fqn: string }
  | { readonly collection: { readonly kind: string; readonly elementtype: TypeReference } }
  | { readonly union: { readonly types: readonly TypeReference[] } };

interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
  readonly docs?: Docs;
}

interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly static?: boolean;
  readonly protected?: boolean;
}

interface Property extends Member {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly const?: boolean;
}

interface Method extends Member {
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
}

interface ApiType {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: Docs;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: {
    readonly parameters?: readonly Parameter[];
    readonly docs?: Docs;
    readonly protected?: boolean;
  };
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly Member[];
}

/** The reference of a library as Markdown: every public type, sorted by name. */
export function apiReference({ name, types }: Assembly): string {
  const sorted = Object.values(types).sort((a, b) => compareText(a.name, b.name));
  const section = (title: string, kind: ApiType['kind']): string[] => {
    const ofKind = sorted.filter((type) => type.kind === kind);
    return ofKind.length === 0 ? [] : [`## ${title}`, '', ...ofKind.flatMap((type) => typeLines(type, types))];
  };
  return [
    `# API of ${name}`,
    '',
    'Written by `npm run generate` from the docstrings, after `npm run build`. The [guides](../README.md#guides) show how the parts work together.',
    '',
    ...section('Classes', 'class'),
    ...section('Properties', 'interface'),
    ...section('Enumerations', 'enum'),
  ].join('\n');
}

function typeLines(type: ApiType, types: Assembly['types']): string[] {
  const bases = [type.base, ...(type.interfaces ?? [])].flatMap((fqn) => (fqn === undefined ? [] : linked(fqn, types)));
  const { initializer } = type;
  return [
    `### ${type.name}`,
    '',
    ...paragraph(docsText(type.docs)),
    ...paragraph(bases.length === 0 ? '' : `Extends ${bases.join(', ')}.`),
    ...(type.kind !== 'class' || initializer === undefined || initializer.protected === true || type.abstract === true
      ? []
      : paragraph(`\`new ${type.name}(${parametersText(initializer.parameters, types)})\``)),
    ...list([
      ...(type.properties ?? []).filter(isPublic).map((property) => propertyLine(property, type, types)),
      ...(type.methods ?? []).filter(isPublic).map((method) => methodLine(method, type, types)),
      ...(type.members ?? []).map(({ name, docs }) => item(name, docs)),
    ]),
  ];
}

function isPublic(member: Member): boolean {
  return member.protected !== true && !member.name.startsWith('_');
}

function propertyLine(
  { name, type, optional = false, docs, ...member }: Property,
  owner: ApiType,
  types: Assembly['types'],
): string {
  const prefix = member.static === true ? `${owner.name}.` : '';
  return item(`${prefix}${name}${optional ? '?' : ''}: ${typeText(type, types)}`, docs);
}

function methodLine(
  { name, parameters, returns, docs, ...member }: Method,
  owner: ApiType,
  types: Assembly['types'],
): string {
  const prefix = member.static === true ? `${owner.name}.` : '';
  const result =
    returns === undefined ? 'void' : typeText(returns.type, types) + (returns.optional ? ' | undefined' : '');
  return item(`${prefix}${name}(${parametersText(parameters, types)}): ${result}`, docs);
}

function parametersText(parameters: readonly Parameter[] = [], types: Assembly['types']): string {
  return parameters
    .map(({ name, type, optional = false, variadic = false }) =>
      variadic ? `...${name}: ${typeText(type, types)}[]` : `${name}${optional ? '?' : ''}: ${typeText(type, types)}`,
    )
    .join(', ');
}

function typeText(type: TypeReference, types: Assembly['types']): string {
  if ('primitive' in type) return type.primitive;
  if ('fqn' in type) return nameOf(type.fqn, types);
  if ('union' in type) return type.union.types.map((part) => typeText(part, types)).join(' | ');
  const { kind, elementtype } = type.collection;
  const element = typeText(elementtype, types);
  return kind === 'map' ? `{ [key: string]: ${element} }` : `${element.includes(' ') ? `(${element})` : element}[]`;
}

function nameOf(fqn: string, types: Assembly['types']): string {
  return new Map(Object.entries(types)).get(fqn)?.name ?? fqn;
}

function linked(fqn: string, types: Assembly['types']): string {
  const name = nameOf(fqn, types);
  return name === fqn ? `\`${fqn}\`` : `[${name}](#${name.toLowerCase()})`;
}

function item(signature: string, docs: Docs | undefined): string {
  const text = docsText(docs);
  return `- \`${signature}\`${text === '' ? '' : `: ${text.replace(/\s*\n\s*/g, ' ')}`}`;
}

function docsText(docs: Docs = {}): string {
  const { summary = '', remarks = '', returns, deprecated } = docs;
  const standard = docs.default?.replace(/^-\s*/, '');
  const thrown = docs.custom?.throws;
  return [
    summary,
    remarks,
    ...(returns === undefined ? [] : [`Returns ${returns}`]),
    ...(thrown === undefined ? [] : [`Throws ${thrown}`]),
    ...(standard === undefined ? [] : [`Default: ${standard}`]),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}`]),
  ]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?`]$/.test(part) ? part : `${part}.`))
    .join('\n\n');
}

function paragraph(text: string): string[] {
  return text === '' ? [] : [text, ''];
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [...items, ''];
}
