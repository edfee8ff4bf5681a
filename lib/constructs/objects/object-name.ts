import { isDns1035Label, isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../syntax/name-syntax';
import { shown, type ObjectProblem } from './object-problem';

/** The names that the API server takes for a kind of object. */
export type NameForm = 'DNS-1035 label' | 'DNS-1123 subdomain';

export interface NamedObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/** What the API server would refuse in the metadata of an object. */
export function metadataProblems(object: NamedObject, form: NameForm): ObjectProblem[] {
  const { name, namespace, labels, annotations } = object;
  return [
    ...(form === 'DNS-1035 label' ? dns1035LabelProblems(name) : subdomainProblems('name', name)),
    ...(namespace === undefined ? [] : namespaceProblems('namespace', namespace)),
    ...(labels === undefined ? [] : labelProblems('label', labels)),
    ...Object.keys(annotations ?? {})
      // The API server lower-cases annotation keys before it looks at them (ValidateAnnotations of apimachinery).
      .filter((key) => !isQualifiedName(key.toLowerCase()))
      .map((key) => qualifiedNameProblem('annotation key', key)),
  ];
}

function dns1035LabelProblems(name: string): ObjectProblem[] {
  if (isDns1035Label(name)) return [];
  return [
    {
      message: `name ${shown(name)} is not a DNS-1035 label`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter first and no hyphen last; set `name` when the construct id cannot be the name',
    },
  ];
}

export function subdomainProblems(field: string, name: string): ObjectProblem[] {
  if (isDnsSubdomain(name)) return [];
  return [
    {
      message: `${field} ${shown(name)} is not a DNS-1123 subdomain`,
      help:
        'use at most 253 lower-case letters, digits, hyphens and dots, a letter or digit at both ends of each part' +
        (field === 'name' ? '; set `name` when the construct id cannot be the name' : ''),
    },
  ];
}

export function namespaceProblems(field: string, namespace: string): ObjectProblem[] {
  if (isDnsLabel(namespace)) return [];
  return [
    {
      message: `${field} ${shown(namespace)} is not a DNS label`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
    },
  ];
}

export function labelProblems(what: string, labels: { readonly [key: string]: string }): ObjectProblem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isQualifiedName(key) ? [] : [qualifiedNameProblem(`${what} key`, key)]),
    ...(isLabelValue(value)
      ? []
      : [
          {
            message: `${what} ${key} has the value ${shown(value)}, which is not a label value`,
            help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last',
          },
        ]),
  ]);
}

export function qualifiedNameProblem(what: string, text: string): ObjectProblem {
  return {
    message: `${what} ${shown(text)} is not a qualified name`,
    help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name',
  };
}
