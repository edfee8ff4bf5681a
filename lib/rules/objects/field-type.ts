import type { Problem } from '../../finding/problem';
import { type FieldPath, record } from '../../model';
import type { Schema, SchemaType } from '../../schema/schema';
import type { SchemaProblem } from '../../schema/walk';
import { type Mending, setTo, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { judgedObjects } from '../structure/judged-objects';

/** Kinds whose forms another rule asks for. */
const OTHERS: ReadonlySet<string> = new Set(['NetworkPolicy']);

/** The API server decodes an object before it looks at anything in it (encoding/json into the types of k8s.io/api). */
export const fieldType: NetworkRule = {
  code: 'NL266',
  slug: 'field-type',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A field has a value of another type than the API has',
  check(model, report) {
    for (const { object, kind, problems } of judgedObjects(model)) {
      if (kind.api !== 'Kubernetes' || OTHERS.has(object.ref.kind)) continue;
      for (const problem of problems) {
        if (isUndecodable(problem)) report({ on: object, ...typeProblem(problem) });
      }
    }
  },
};

/** Whether Go's types cannot hold the value, and no rule of its own says it better. */
export function isUndecodable(problem: SchemaProblem): boolean {
  const { schema, fault } = problem;
  return (
    (fault.kind === 'type' && schema.type !== undefined && !isJudgedElsewhere(problem)) || isTooLargeForSlice(problem)
  );
}

/** The ends of paths, without indexes. `*` stands for any key. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set([
  ...[
    'clusterIP',
    'clusterIPs',
    'externalIPs',
    'externalName',
    'externalTrafficPolicy',
    'healthCheckNodePort',
    'internalTrafficPolicy',
    'ipFamilies',
    'ipFamilyPolicy',
    'loadBalancerClass',
    'loadBalancerSourceRanges',
    'sessionAffinity',
    'trafficDistribution',
    'type',
    'dnsPolicy',
    'hostname',
    'hostnameOverride',
    'subdomain',
    'policyTypes',
    'podCIDR',
    'podCIDRs',
  ].map((field) => `spec.${field}`),
  ...['appProtocol', 'containerPort', 'endPort', 'hostIP', 'hostPort', 'name', 'nodePort', 'port', 'protocol'].map(
    (field) => `ports.${field}`,
  ),
  ...['addresses', 'endpoints', 'notReadyAddresses'].map((list) => `${list}.hostname`),
  ...['key', 'operator', 'values'].map((field) => `matchExpressions.${field}`),
  'addressType',
  'clientIP.timeoutSeconds',
  'dnsConfig.nameservers',
  'dnsConfig.searches',
  'hostAliases.hostnames',
  'hostAliases.ip',
  'ipBlock.cidr',
  'ipBlock.except',
  'matchLabels.*',
  'selector.*',
]);

/** EndpointSlices take any number that Go's int32 holds: another rule only warns of those that are no ports. */
function isTooLargeForSlice({ path, schema, fault }: SchemaProblem): boolean {
  const isLimit = fault.kind === 'minimum' || fault.kind === 'maximum';
  return isLimit && schema.format === 'int32' && path.length === 3 && path[0] === 'ports';
}

/** In a Service these are labels like any other, in a workload they are mappings and lists. */
const FIELDS_OF_LABEL_SELECTOR: readonly string[] = ['matchLabels', 'matchExpressions'];

function isJudgedElsewhere({ path, value, schema }: SchemaProblem): boolean {
  const names = path.filter((step) => typeof step === 'string');
  const [holder, last] = names.slice(-2);
  // A list of texts is a list all the same: only its items are judged elsewhere.
  const isItem = typeof path.at(-1) === 'number';
  if (names.length === 1) return JUDGED_ELSEWHERE.has(holder);
  if (holder === 'selector' && FIELDS_OF_LABEL_SELECTOR.includes(last)) {
    return schema.type === 'string' && typeof value === 'object';
  }
  return (
    (JUDGED_ELSEWHERE.has(`${holder}.${last}`) && (isItem || !LISTS.has(last))) || JUDGED_ELSEWHERE.has(`${holder}.*`)
  );
}

const LISTS: ReadonlySet<string> = new Set([
  'clusterIPs',
  'except',
  'externalIPs',
  'hostnames',
  'ipFamilies',
  'loadBalancerSourceRanges',
  'nameservers',
  'podCIDRs',
  'policyTypes',
  'searches',
]);

/** What is said of a value that is of another type. */
export function typeProblem({ path, value, schema }: SchemaProblem): Problem {
  const [expected, help] =
    typeof value === 'number' && schema.format === 'int32' && Number.isInteger(value)
      ? (['a number that fits into 32 bits', 'write a smaller number'] as const)
      : TYPES[schema.type ?? 'object'](value);
  return {
    field: path,
    undecodable: true,
    message: `${path.join('.')} is ${shown(value)}, which is not ${expected}`,
    help,
    ...mending(value, schema, path),
  };
}

type Words = readonly [expected: string, help: string];

const TYPES: Readonly<Record<SchemaType, (value: unknown) => Words>> = {
  array: (value) => [
    'a list',
    record(value) === undefined
      ? 'write a list'
      : 'make it an item of a list: write a hyphen in front of its first field',
  ],
  object: () => ['a mapping', 'write its fields below it'],
  string: (value) => [
    'text',
    typeof value === 'object' ? 'write one text' : `put it in quotes: "${JSON.stringify(value)}"`,
  ],
  integer: (value) => [
    'a whole number',
    isWholeNumber(value) ? 'write the number without quotes' : 'write digits alone, without a unit',
  ],
  number: () => ['a number', 'write the number without quotes'],
  boolean: () => ['true or false', 'write true or false, without quotes'],
};

function mending(value: unknown, { type }: Schema, field: FieldPath): Mending {
  if ((type === 'integer' || type === 'number') && isWholeNumber(value)) return setTo(field, Number(value));
  // Whoever writes matchLabels means a mapping, even where it is the key of a label.
  if (FIELDS_OF_LABEL_SELECTOR.includes(String(field.at(-1)))) return {};
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { fix: [{ field, quote: true }] };
  }
  return {};
}

function isWholeNumber(value: unknown): value is string {
  return typeof value === 'string' && /^(0|-?[1-9][0-9]{0,8})$/.test(value);
}
