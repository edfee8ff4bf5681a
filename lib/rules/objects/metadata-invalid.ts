import type { Problem } from '../../finding/problem';
import {
  apiGroup,
  at,
  below,
  concat,
  type FieldPath,
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  record,
} from '../../model';
import { isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { hasInvisibleEnds } from '../../syntax/invisible-characters';

/** ValidateObjectMeta of apimachinery, also for the pods of a controller. Values that are no text are reported where the file is read. */
export const metadataInvalid: NetworkRule = {
  code: 'NL921',
  slug: 'metadata-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A name, a label or an annotation is one that the API server refuses',
  check(model, report) {
    const groups = groupsOfDnsNames(model);
    for (const object of model.objects) {
      for (const problem of nameProblems(object, groups)) report({ on: object, ...problem });
      for (const { metadata, path } of metadataOf(object)) {
        for (const { field, problemOf } of MAPS) {
          const written = member(metadata, field);
          if (!isSet(written)) continue;
          const map = record(written);
          if (map === undefined) {
            report({ on: object, field: below(path, field), ...notAMap(field, written) });
            continue;
          }
          for (const [key, value] of Object.entries(map)) {
            const problem = problemOf(key, value);
            if (problem !== undefined) report({ on: object, field: below(path, field, key), ...problem });
          }
        }
      }
    }
  },
};

/**
 * Groups whose names are DNS names: those of custom resources are (apiextensions-apiserver), and Calico asks the same of the names that
 * calicoctl stores. The objects of other groups may be named more freely, and those of RBAC are.
 */
const GROUPS_OF_DNS_NAMES: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'cilium.io',
  'crd.projectcalico.org',
  'discovery.k8s.io',
  'gateway.networking.k8s.io',
  'gateway.networking.x-k8s.io',
  'metallb.io',
  'networking.k8s.io',
  'operator.tigera.io',
  'policy',
  'policy.networking.k8s.io',
  'projectcalico.org',
]);

/** Kinds of which other rules know the names. */
const OTHER_NAMES: ReadonlySet<string> = new Set(['IPAddress', 'Service']);

/** With those of the CustomResourceDefinitions of the input. */
function groupsOfDnsNames(model: NetworkModel): ReadonlySet<string> {
  const defined = model.ofKind('CustomResourceDefinition').map(({ manifest }) => at(manifest, 'spec', 'group'));
  const groups = defined.filter((group) => typeof group === 'string');
  return groups.length === 0 ? GROUPS_OF_DNS_NAMES : new Set(concat([...GROUPS_OF_DNS_NAMES], groups));
}

function nameProblems({ ref, manifest }: ModelObject, groups: ReadonlySet<string>): readonly Problem[] {
  const group = apiGroup(ref.apiVersion);
  if (!groups.has(group)) return [];
  const problems: Problem[] = [];
  const name = nonEmpty(at(manifest, 'metadata', 'name'));
  if (name !== undefined && !OTHER_NAMES.has(ref.kind) && !hasInvisibleEnds(name)) {
    if (group === '' && ref.kind === 'Namespace') {
      if (!isDnsLabel(name)) problems.push(notALabel(['metadata', 'name'], name));
    } else if (ref.kind === 'StatefulSet' && group === 'apps' && isDnsSubdomain(name) && name.length > LONGEST_LABEL) {
      problems.push({
        field: ['metadata', 'name'],
        message: `the name of the StatefulSet has ${name.length} characters, and at most ${LONGEST_LABEL} are allowed`,
        help: 'shorten it: it becomes a part of the labels of its pods',
      });
    } else if (!isDnsSubdomain(name)) {
      problems.push({
        field: ['metadata', 'name'],
        message: `the name ${shown(name)} is not a DNS name`,
        help: 'use lower-case letters, digits, hyphens and dots, a letter or digit first and last, and at most 253 characters',
      });
    }
  }
  const namespace = nonEmpty(at(manifest, 'metadata', 'namespace'));
  if (namespace !== undefined && !isDnsLabel(namespace) && !hasInvisibleEnds(namespace)) {
    problems.push(notALabel(['metadata', 'namespace'], namespace));
  }
  return problems;
}

const LONGEST_LABEL = 63;

function notALabel(field: FieldPath, name: string): Problem {
  return {
    field,
    message: `the name ${shown(name)} of the namespace is not a DNS label`,
    help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
  };
}

interface Metadata {
  readonly metadata: unknown;
  readonly path: FieldPath;
}

const OWN: FieldPath = ['metadata'];
const TEMPLATE: FieldPath = ['spec', 'template', 'metadata'];
const JOB_TEMPLATE: FieldPath = ['spec', 'jobTemplate', 'metadata'];
const TEMPLATE_OF_JOB: FieldPath = ['spec', 'jobTemplate', 'spec', 'template', 'metadata'];

/** That of the object, and of what it makes. */
function metadataOf({ manifest }: ModelObject): readonly Metadata[] {
  const found: Metadata[] = [{ metadata: member(manifest, 'metadata'), path: OWN }];
  const spec = member(manifest, 'spec');
  const template = member(spec, 'template');
  if (template !== undefined) found.push({ metadata: member(template, 'metadata'), path: TEMPLATE });
  const job = member(spec, 'jobTemplate');
  if (job === undefined) return found;
  const ofPods = at(job, 'spec', 'template', 'metadata');
  return [
    ...found,
    { metadata: member(job, 'metadata'), path: JOB_TEMPLATE },
    { metadata: ofPods, path: TEMPLATE_OF_JOB },
  ];
}

interface TextMap {
  readonly field: string;
  readonly problemOf: (key: string, value: unknown) => Problem | undefined;
}

const MAPS: readonly TextMap[] = [
  {
    field: 'labels',
    problemOf: (key, value) => {
      if (!isQualifiedName(key)) return notAKey('label', key);
      if (typeof value !== 'string' || isLabelValue(value)) return undefined;
      return {
        message: `label ${key} is ${shown(value)}, which is not a label value`,
        help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last; other texts can be annotations',
      };
    },
  },
  {
    field: 'annotations',
    problemOf: (key) => {
      // The API server lower-cases annotation keys before it looks at them (ValidateAnnotations).
      return isQualifiedName(key.toLowerCase()) ? undefined : notAKey('annotation', key);
    },
  },
];

function notAMap(field: string, value: unknown): Problem {
  return {
    message: `${field} is ${shown(value)}, and must be a map of keys and texts`,
    help: `write KEY: "TEXT" for each of the ${field}`,
  };
}

function notAKey(what: string, key: string): Problem {
  return {
    part: 'key',
    message: `${shown(key)} is not a key of ${what === 'label' ? 'a label' : 'an annotation'}`,
    help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name',
  };
}
