import {
  array,
  blockHas,
  get,
  isOfType,
  isSet,
  type Json,
  namespaceOf,
  oracle,
  type Oracle,
  type OracleEnd,
  type OraclePod,
  selects,
} from './oracle';

/**
 * Who can reach whom under Cilium, the slow way: each end is an identity with labels, and each rule is asked for each of them (cilium,
 * Documentation/security/policy). It shares no code with the engine.
 */
export function ciliumOracle(objects: readonly Json[]): Oracle {
  const { pods } = oracle(objects);
  const networkPolicies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const rules = objects
    .filter(({ kind }) => kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy')
    .flatMap((policy) => {
      const specs = [get(policy, 'spec'), ...array(get(policy, 'specs'))].filter(isSet);
      return specs.map((spec) => ({
        spec,
        namespace: policy.kind === 'CiliumNetworkPolicy' ? namespaceOf(policy) : undefined,
      }));
    });

  function namespaceLabels(name: string): Json {
    const found = objects.find(({ kind, metadata }) => kind === 'Namespace' && get(metadata, 'name') === name);
    return { ...(get(found, 'metadata', 'labels') as Json | undefined), 'kubernetes.io/metadata.name': name };
  }

  /** Nothing but pods outside of the network of nodes has labels here. */
  function identity(end: OracleEnd): Json | undefined {
    if (typeof end === 'string' || end.hostNetwork) return undefined;
    const ofNamespace = Object.entries(namespaceLabels(end.namespace)).map(([key, value]): [string, unknown] => [
      `io.cilium.k8s.namespace.labels.${key}`,
      value,
    ]);
    return {
      ...end.labels,
      ...(Object.fromEntries(ofNamespace) as Json),
      'io.kubernetes.pod.namespace': end.namespace,
    };
  }

  function endpointIs(selector: unknown, end: OracleEnd, namespace: string | undefined): boolean {
    const labels = identity(end);
    if (labels === undefined) return false;
    const plain = withoutSources(selector);
    const keys = [
      ...Object.keys(get(plain, 'matchLabels') ?? {}),
      ...array(get(plain, 'matchExpressions')).map((expression) => get(expression, 'key') as string),
    ];
    const namesNamespace = keys.some(
      (key) => key === 'io.kubernetes.pod.namespace' || key.startsWith('io.cilium.k8s.namespace.labels.'),
    );
    if (!namesNamespace && namespace !== undefined && labels['io.kubernetes.pod.namespace'] !== namespace) return false;
    return selects(plain, labels);
  }

  function entityIs(entity: unknown, end: OracleEnd): boolean {
    const isOutside = typeof end === 'string';
    switch (entity) {
      case 'all':
        return true;
      case 'world':
        return isOutside;
      case 'world-ipv4':
        return isOutside && !end.includes(':');
      case 'world-ipv6':
        return isOutside && end.includes(':');
      case 'cluster':
        return !isOutside;
      case 'remote-node':
        return !isOutside && end.hostNetwork;
      default:
        return false;
    }
  }

  function peerIs(rule: unknown, field: 'from' | 'to', end: OracleEnd, namespace: string | undefined): boolean {
    const members = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet'].map((name) => get(rule, `${field}${name}`));
    const [endpoints, entities, cidrs, cidrSets] = members;
    // Only a rule about ports speaks of everyone by silence.
    if (!members.some(isSet)) return array(get(rule, 'toPorts')).length > 0;
    return (
      array(endpoints).some((selector) => endpointIs(selector, end, namespace)) ||
      array(entities).some((entity) => entityIs(entity, end)) ||
      (typeof end === 'string' &&
        (array(cidrs).some((cidr) => blockHas({ cidr }, end)) || array(cidrSets).some((block) => blockHas(block, end))))
    );
  }

  /** For egress one number in the whole cluster, or none; for ingress what the pod itself says. */
  function namedPort(name: string, direction: 'Ingress' | 'Egress', subject: OraclePod, protocol: string): number[] {
    const asked = direction === 'Ingress' ? [subject] : pods.filter(({ hostNetwork }) => !hostNetwork);
    const numbers = asked.flatMap(({ ports }) =>
      ports.filter((port) => port.name === name && port.protocol === protocol).map(({ number }) => number),
    );
    return direction === 'Ingress' || new Set(numbers).size === 1 ? numbers : [];
  }

  function portIs(rule: unknown, direction: 'Ingress' | 'Egress', subject: OraclePod, question: Question): boolean {
    if (array(get(rule, 'icmps')).length > 0) return false;
    const items = array(get(rule, 'toPorts'));
    if (items.length === 0) return true;
    return items
      .flatMap((item) => array(get(item, 'ports')))
      .some((entry) => {
        const own = get(entry, 'protocol');
        if (isSet(own) && own !== 'ANY' && own !== question.protocol) return false;
        const written = get(entry, 'port') as string;
        if (written === '0') return true;
        if (!/^\d+$/.test(written))
          return namedPort(written, direction, subject, question.protocol).includes(question.port);
        const last = get(entry, 'endPort');
        return question.port >= Number(written) && question.port <= Number(isSet(last) ? last : written);
      });
  }

  function v1PeerIs(policy: Json, peer: unknown, end: OracleEnd): boolean {
    const [block, podSelector, namespaceSelector] = ['ipBlock', 'podSelector', 'namespaceSelector'].map((field) =>
      get(peer, field),
    );
    const selectsPods = isSet(podSelector) || isSet(namespaceSelector);
    if (isSet(block)) return !selectsPods && typeof end === 'string' && blockHas(block, end);
    if (!selectsPods || typeof end === 'string' || end.hostNetwork) return false;
    return (
      (isSet(namespaceSelector)
        ? selects(namespaceSelector, namespaceLabels(end.namespace))
        : end.namespace === namespaceOf(policy)) && selects(podSelector, end.labels)
    );
  }

  function v1PortIs(entry: unknown, direction: 'Ingress' | 'Egress', subject: OraclePod, question: Question): boolean {
    if ((get(entry, 'protocol') ?? 'TCP') !== question.protocol) return false;
    const [first, last] = [get(entry, 'port'), get(entry, 'endPort')];
    if (!isSet(first)) return !isSet(last);
    if (typeof first === 'string') {
      return !isSet(last) && namedPort(first, direction, subject, question.protocol).includes(question.port);
    }
    return question.port >= Number(first) && question.port <= Number(last ?? first);
  }

  function letsThrough(
    direction: 'Ingress' | 'Egress',
    subject: OraclePod,
    other: OracleEnd,
    question: Question,
  ): boolean {
    if (subject.hostNetwork) return true;
    const list = direction === 'Ingress' ? 'ingress' : 'egress';
    const field = direction === 'Ingress' ? 'from' : 'to';
    const own = rules.filter(({ spec, namespace }) => {
      const selector = withoutSources(get(spec, 'endpointSelector'));
      return (namespace ?? subject.namespace) === subject.namespace && selects(selector, identity(subject) ?? {});
    });
    const matching = (name: string): boolean =>
      own.some(({ spec, namespace }) =>
        array(get(spec, name)).some(
          (rule) => peerIs(rule, field, other, namespace) && portIs(rule, direction, subject, question),
        ),
      );
    const v1 = networkPolicies.filter(
      (policy) =>
        isOfType(policy, direction) &&
        namespaceOf(policy) === subject.namespace &&
        selects(get(policy, 'spec', 'podSelector'), subject.labels),
    );
    if (matching(`${list}Deny`)) return false;
    const isClosed = own.some(
      ({ spec }) =>
        array(get(spec, list)).length + array(get(spec, `${list}Deny`)).length > 0 &&
        get(spec, 'enableDefaultDeny', list) !== false,
    );
    if (!isClosed && v1.length === 0) return true;
    return (
      matching(list) ||
      v1.some((policy) =>
        array(get(policy, 'spec', list)).some((rule) => {
          const [peers, ports] = [array(get(rule, field)), array(get(rule, 'ports'))];
          return (
            (peers.length === 0 || peers.some((peer) => v1PeerIs(policy, peer, other))) &&
            (ports.length === 0 || ports.some((entry) => v1PortIs(entry, direction, subject, question)))
          );
        }),
      )
    );
  }

  return {
    pods,
    connects: (from, to, protocol, port) =>
      (typeof from === 'string' || letsThrough('Egress', from, to, { protocol, port })) &&
      (typeof to === 'string' || letsThrough('Ingress', to, from, { protocol, port })),
  };
}

interface Question {
  readonly protocol: string;
  readonly port: number;
}

function withoutSources(selector: unknown): Json {
  const plain = (key: string): string => key.replace(/^(k8s|any):/, '');
  return {
    matchLabels: Object.fromEntries(
      Object.entries((get(selector, 'matchLabels') ?? {}) as Json).map(([key, value]) => [plain(key), value]),
    ),
    matchExpressions: array(get(selector, 'matchExpressions')).map((expression) => ({
      ...(expression as Json),
      key: plain(get(expression, 'key') as string),
    })),
  };
}
