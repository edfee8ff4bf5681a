import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './synthesis';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a Service or a NetworkPolicy means: what the API server would default is filled in, what is empty is left out,
 * and lists whose order says nothing are sorted. Fields that are not known here stay as they are, so that they differ.
 */
export function meaning(manifest: Manifest): unknown {
  const { metadata, spec = {}, ...rest } = manifest;
  return {
    ...rest,
    metadata: present({ ...metadata, namespace: metadata.namespace ?? 'default' }),
    spec: manifest.kind === 'Service' ? serviceMeaning(spec) : policyMeaning(spec),
  };
}

function serviceMeaning(spec: Fields): Fields {
  return present({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ...(spec.type === 'LoadBalancer' || spec.type === 'NodePort' ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(spec.type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
    ...spec,
    ports: sorted(fieldsIn(spec.ports).map((port) => ({ protocol: 'TCP', targetPort: port.port, ...port }))),
  });
}

/** A direction that no policy type names has no rules; rules without peers or ports are for all of them. */
function policyMeaning(spec: Fields): Fields {
  const { ingress, egress, podSelector, policyTypes, ...rest } = spec;
  const types = listIn(policyTypes).length > 0 ? listIn(policyTypes) : defaultTypes(egress);
  return present({
    ...rest,
    podSelector: selectorMeaning(podSelector),
    policyTypes: sorted(types),
    ingress: types.includes('Ingress') ? ruleMeanings(ingress, 'from') : 'unrestricted',
    egress: types.includes('Egress') ? ruleMeanings(egress, 'to') : 'unrestricted',
  });
}

function defaultTypes(egress: unknown): string[] {
  return listIn(egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function ruleMeanings(rules: unknown, peersField: string): unknown {
  if (listIn(rules).length === 0) return 'nothing';
  return sorted(
    fieldsIn(rules).map(({ [peersField]: peers, ports, ...rest }) => ({
      ...rest,
      peers: listIn(peers).length === 0 ? 'anyone' : sorted(fieldsIn(peers).map(peerMeaning)),
      ports: listIn(ports).length === 0 ? 'all' : sorted(fieldsIn(ports).map((port) => ({ protocol: 'TCP', ...port }))),
    })),
  );
}

/** An empty selector chooses everything, an absent one says nothing: they are kept apart. */
function peerMeaning({ podSelector, namespaceSelector, ...rest }: Fields): Fields {
  return {
    ...rest,
    ...(podSelector === undefined ? {} : { podSelector: selectorMeaning(podSelector) }),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector: selectorMeaning(namespaceSelector) }),
  };
}

function selectorMeaning(selector: unknown): Fields {
  const { matchLabels = {}, matchExpressions, ...rest } = selector as Fields;
  return { ...rest, matchLabels, matchExpressions: sorted(listIn(matchExpressions)) };
}

/** The names of the workloads whose pods have all labels of a selector. */
export function selectedWorkloads(manifests: readonly Manifest[], labels: unknown): string[] {
  return manifests
    .filter(({ kind }) => kind === 'Deployment')
    .filter((workload) => {
      const podLabels = fieldsAt(workload, 'spec', 'template', 'metadata', 'labels');
      return Object.entries(labels as Fields).every(([key, value]) => podLabels[key] === value);
    })
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** Every choice of pods that a Service or a NetworkPolicy makes, by the place where it stands. */
export function podChoices(manifest: Manifest): [place: string, labels: unknown][] {
  const { kind, spec = {} } = manifest;
  if (kind === 'Service') return [['selector', spec.selector]];
  const peers = ['ingress', 'egress'].flatMap((direction) =>
    fieldsIn(spec[direction]).flatMap((rule) =>
      [...fieldsIn(rule.from), ...fieldsIn(rule.to)].map((peer) => matchLabels(peer.podSelector)),
    ),
  );
  return [
    ['podSelector', matchLabels(spec.podSelector)],
    ...sorted(peers).map((labels): [string, unknown] => ['peer', labels]),
  ];
}

function matchLabels(selector: unknown): unknown {
  const { matchLabels: labels = {}, ...rest } = selector as Fields;
  if (!isDeepStrictEqual(rest, {})) throw new Error(`only matchLabels are understood, got ${JSON.stringify(selector)}`);
  return labels;
}

function fieldsAt(value: unknown, ...path: string[]): Fields {
  return path.reduce<unknown>((inner, key) => (inner as Fields)[key], value) as Fields;
}

function listIn(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : (value as unknown[]);
}

function fieldsIn(value: unknown): Fields[] {
  return listIn(value).map((item) => (item ?? {}) as Fields);
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function sorted<T>(items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: canonicalText(item) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
