import { shown, type ObjectProblem } from './object-problem';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PORT_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

/** RFC 1035: as a DNS label, and the first character is a letter. */
export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && DNS_1035_LABEL.test(text);
}

/** RFC 1123, as apimachinery checks it: the whole has at most 253 characters; labels may be longer than 63. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => DNS_LABEL.test(label));
}

/** A container port name (IANA_SVC_NAME, RFC 6335): at most 15 characters, at least one of them a letter. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && PORT_NAME.test(text) && /[a-z]/.test(text);
}

/** A label key, annotation key, app protocol or load balancer class: a name of at most 63 characters after an optional `prefix/`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return name.length <= 63 && QUALIFIED_NAME.test(name) && (slash === -1 || isDnsSubdomain(text.slice(0, slash)));
}

export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED_NAME.test(text));
}

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
