import {
  array,
  blockHas,
  blockHasPod,
  get,
  isOfType,
  isSet,
  type Json,
  mayHavePod,
  namespaceOf,
  oracle,
  type Oracle,
  type OracleEnd,
  type OraclePod,
  selects,
} from './oracle';

interface Question {
  readonly protocol: string;
  readonly port: number;
}

type Verdict = 'Allow' | 'Deny' | 'Pass' | undefined;

/**
 * Who can reach whom under Calico, the slow way: every policy is asked in the order of tiers and policies, and every rule for every end and port
 * (Calico, reference of Tier, GlobalNetworkPolicy and EntityRule). It shares no code with the engine.
 */
export function calicoOracle(objects: readonly Json[]): Oracle {
  const { pods } = oracle(objects);
  const isOfCalico = ({ apiVersion }: Json): boolean => String(apiVersion).includes('projectcalico.org/');
  const named = (kind: string, name: string, namespace?: string): Json | undefined =>
    objects.find(
      (object) =>
        object.kind === kind &&
        get(object, 'metadata', 'name') === name &&
        (namespace === undefined || namespaceOf(object) === namespace),
    );

  const tiers = [
    { name: 'default', order: 1e6, end: 'Deny' },
    ...objects
      .filter((object) => object.kind === 'Tier')
      .map((object) => ({
        name: get(object, 'metadata', 'name') as string,
        order: Number(get(object, 'spec', 'order') ?? Infinity),
        end: (get(object, 'spec', 'defaultAction') ?? 'Deny') as string,
      })),
  ].sort((a, b) => (a.order === b.order ? (a.name < b.name ? -1 : 1) : a.order < b.order ? -1 : 1));

  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy' || kind === 'GlobalNetworkPolicy')
    .map((policy) => ({
      policy,
      tier: isOfCalico(policy) ? ((get(policy, 'spec', 'tier') ?? 'default') as string) : 'default',
      order: isOfCalico(policy) ? Number(get(policy, 'spec', 'order') ?? Infinity) : 1000,
      key: `${get(policy, 'metadata', 'name') as string}/${policy.kind === 'NetworkPolicy' ? namespaceOf(policy) : ''}`,
    }))
    .sort((a, b) => (a.order === b.order ? (a.key < b.key ? -1 : 1) : a.order < b.order ? -1 : 1));

  function labelsOfNamespace(name: string): Json {
    return {
      ...(get(named('Namespace', name), 'metadata', 'labels') as Json | undefined),
      'kubernetes.io/metadata.name': name,
      'projectcalico.org/name': name,
    };
  }

  const inherited = (namespace: string): Json =>
    Object.fromEntries(Object.entries(labelsOfNamespace(namespace)).map(([key, value]) => [`pcns.${key}`, value]));

  function labelsOf(pod: OraclePod): Json {
    return { ...inherited(pod.namespace), ...pod.labels, 'projectcalico.org/namespace': pod.namespace };
  }

  const sets = objects
    .filter(({ kind }) => kind === 'NetworkSet' || kind === 'GlobalNetworkSet')
    .map((set) => {
      const own = get(set, 'metadata', 'labels') as Json | undefined;
      const scope = set.kind === 'NetworkSet' ? namespaceOf(set) : undefined;
      return {
        nets: array(get(set, 'spec', 'nets')),
        labels:
          scope === undefined ? { ...own } : { ...inherited(scope), ...own, 'projectcalico.org/namespace': scope },
      };
    });

  const inNet = (net: unknown, end: OracleEnd): boolean =>
    typeof end === 'string' ? blockHas({ cidr: net }, end) : blockHasPod({ cidr: net }, end);
  const mayBeInNet = (net: unknown, end: OracleEnd): boolean =>
    typeof end === 'string' ? blockHas({ cidr: net }, end) : mayHavePod(net, end);

  /** An end is what has the labels, and whatever has an address of a set that has them. */
  function isOne(holds: (labels: Json) => boolean, end: OracleEnd, within: typeof inNet): boolean {
    if (typeof end !== 'string' && !end.hostNetwork && holds(labelsOf(end))) return true;
    return sets.some(({ labels, nets }) => holds(labels) && nets.some((net) => within(net, end)));
  }

  function entityIs(entity: unknown, end: OracleEnd, namespace: string | undefined): boolean {
    const texts = ['selector', 'notSelector', 'namespaceSelector'].map(
      (name) => get(entity, name) as string | undefined,
    );
    const [own, not, ofNamespace] = texts.map((written) => (written === '' ? undefined : written));
    const holds = (labels: Json): boolean => {
      if (own !== undefined && !selectorHolds(own, labels)) return false;
      const scope = labels['projectcalico.org/namespace'];
      if (ofNamespace === undefined) return namespace === undefined || scope === namespace;
      if (ofNamespace === 'all()') return scope !== undefined;
      if (ofNamespace === 'global()') return scope === undefined;
      const names = Object.entries(labels).filter(([key]) => key.startsWith('pcns.'));
      return selectorHolds(ofNamespace, Object.fromEntries(names.map(([key, value]) => [key.slice(5), value])));
    };
    const isScoped = own !== undefined || ofNamespace !== undefined || (not !== undefined && namespace !== undefined);
    if (isScoped && !isOne(holds, end, inNet)) return false;
    if (not !== undefined && isOne((labels) => selectorHolds(not, labels), end, mayBeInNet)) return false;
    const [nets, notNets] = [array(get(entity, 'nets')), array(get(entity, 'notNets'))];
    if (nets.length > 0 && !anyAddressIn(nets, end)) return false;
    return !notNets.some((net) => mayBeInNet(net, end));
  }

  const anyAddressIn = (nets: readonly unknown[], end: OracleEnd): boolean => nets.some((net) => inNet(net, end));

  function portIs(written: unknown, destination: OracleEnd, { protocol, port }: Question): boolean {
    if (typeof written === 'number') return written === port;
    const text = written as string;
    if (/^\d/.test(text)) {
      const [first, last = first] = text.split(':').map(Number);
      return first <= port && port <= last;
    }
    return (
      typeof destination !== 'string' &&
      destination.ports.some((own) => own.name === text && own.protocol === protocol && own.number === port)
    );
  }

  function ruleIs(
    rule: unknown,
    ends: { readonly source: OracleEnd; readonly destination: OracleEnd },
    namespace: string | undefined,
    question: Question,
  ): boolean {
    const nameOf = (value: unknown): string => ({ 6: 'TCP', 17: 'UDP', 132: 'SCTP' })[String(value)] ?? String(value);
    const [wanted, refused] = [get(rule, 'protocol'), get(rule, 'notProtocol')];
    if (isSet(wanted) && nameOf(wanted) !== question.protocol) return false;
    if (isSet(refused) && nameOf(refused) === question.protocol) return false;
    const [source, destination] = [get(rule, 'source'), get(rule, 'destination')];
    if (!entityIs(source, ends.source, namespace) || !entityIs(destination, ends.destination, namespace)) return false;
    const [ports, notPorts] = [array(get(destination, 'ports')), array(get(destination, 'notPorts'))];
    return (
      (ports.length === 0 || ports.some((entry) => portIs(entry, ends.destination, question))) &&
      !notPorts.some((entry) => portIs(entry, ends.destination, question))
    );
  }

  function typesOf(policy: Json): readonly unknown[] {
    const types = array(get(policy, 'spec', 'types'));
    if (types.length > 0) return types;
    const [ingress, egress] = ['ingress', 'egress'].map((name) => array(get(policy, 'spec', name)).length > 0);
    return egress ? (ingress ? ['Ingress', 'Egress'] : ['Egress']) : ['Ingress'];
  }

  function governs(policy: Json, direction: 'Ingress' | 'Egress', pod: OraclePod): boolean {
    if (!isOfCalico(policy)) {
      return (
        isOfType(policy, direction) &&
        namespaceOf(policy) === pod.namespace &&
        selects(get(policy, 'spec', 'podSelector'), pod.labels)
      );
    }
    const [own, ofNamespace] = ['selector', 'namespaceSelector'].map(
      (name) => (get(policy, 'spec', name) ?? '') as string,
    );
    return (
      typesOf(policy).includes(direction) &&
      (policy.kind === 'GlobalNetworkPolicy' || namespaceOf(policy) === pod.namespace) &&
      (own === '' || selectorHolds(own, labelsOf(pod))) &&
      (policy.kind === 'NetworkPolicy' ||
        ofNamespace === '' ||
        selectorHolds(ofNamespace, labelsOfNamespace(pod.namespace)))
    );
  }

  function said(
    policy: Json,
    direction: 'Ingress' | 'Egress',
    ends: { readonly source: OracleEnd; readonly destination: OracleEnd },
    question: Question,
  ): Verdict {
    const namespace = policy.kind === 'NetworkPolicy' ? namespaceOf(policy) : undefined;
    for (const rule of array(get(policy, 'spec', direction.toLowerCase()))) {
      if (!isOfCalico(policy)) {
        if (v1RuleIs(policy, rule, direction, ends, question)) return 'Allow';
        continue;
      }
      const action = get(rule, 'action');
      if (action !== 'Log' && ruleIs(rule, ends, namespace, question)) return action as Verdict;
    }
    return undefined;
  }

  function v1RuleIs(
    policy: Json,
    rule: unknown,
    direction: 'Ingress' | 'Egress',
    { source, destination }: { readonly source: OracleEnd; readonly destination: OracleEnd },
    question: Question,
  ): boolean {
    const other = direction === 'Ingress' ? source : destination;
    const [peers, ports] = [array(get(rule, direction === 'Ingress' ? 'from' : 'to')), array(get(rule, 'ports'))];
    const isPeer = (peer: unknown): boolean => {
      const [block, ofPods, ofNamespaces] = ['ipBlock', 'podSelector', 'namespaceSelector'].map((name) =>
        get(peer, name),
      );
      if (isSet(block)) {
        if (isSet(ofPods) || isSet(ofNamespaces)) return false;
        return typeof other === 'string' ? blockHas(block, other) : blockHasPod(block, other);
      }
      if ((!isSet(ofPods) && !isSet(ofNamespaces)) || typeof other === 'string' || other.hostNetwork) return false;
      const labels = labelsOfNamespace(other.namespace);
      return (
        (isSet(ofNamespaces) ? selects(ofNamespaces, labels) : other.namespace === namespaceOf(policy)) &&
        selects(ofPods, other.labels)
      );
    };
    const isPort = (entry: unknown): boolean => {
      if ((get(entry, 'protocol') ?? 'TCP') !== question.protocol) return false;
      const [first, last] = [get(entry, 'port'), get(entry, 'endPort')];
      if (!isSet(first)) return !isSet(last);
      if (typeof first === 'string') return !isSet(last) && portIs(first, destination, question);
      return question.port >= Number(first) && question.port <= Number(last ?? first);
    };
    return (peers.length === 0 || peers.some(isPeer)) && (ports.length === 0 || ports.some(isPort));
  }

  function letsThrough(
    direction: 'Ingress' | 'Egress',
    pod: OraclePod,
    ends: { readonly source: OracleEnd; readonly destination: OracleEnd },
    question: Question,
  ): boolean {
    if (pod.hostNetwork) return true;
    for (const tier of tiers) {
      const own = policies.filter((entry) => entry.tier === tier.name && governs(entry.policy, direction, pod));
      if (own.length === 0) continue;
      const verdict = own.map(({ policy }) => said(policy, direction, ends, question)).find(isSet) ?? tier.end;
      if (verdict !== 'Pass') return verdict === 'Allow';
    }
    return true;
  }

  return {
    pods,
    connects: (source, destination, protocol, port) =>
      (typeof source === 'string' || letsThrough('Egress', source, { source, destination }, { protocol, port })) &&
      (typeof destination === 'string' ||
        letsThrough('Ingress', destination, { source, destination }, { protocol, port })),
  };
}

/** Alternatives of conjunctions, read from left to right. Values of the tests have neither quotes nor operators in them. */
function selectorHolds(selector: string, labels: Json): boolean {
  const tokens = selector.match(/&&|\|\||!(?!=)|\(\)|[()]|\{[^}]*\}|'[^']*'|==|!=|[-\w./]+/g) ?? [];
  let at = 0;
  const any = (): boolean => {
    let result = all();
    while (tokens[at] === '||') {
      at++;
      const next = all();
      result ||= next;
    }
    return result;
  };
  const all = (): boolean => {
    let result = one();
    while (tokens[at] === '&&') {
      at++;
      const next = one();
      result &&= next;
    }
    return result;
  };
  const one = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !one();
    if (token === '(') {
      const inner = any();
      at++;
      return inner;
    }
    if (token === 'all' || token === 'global') {
      at++;
      return true;
    }
    if (token === 'has') {
      const isThere = labels[tokens[at + 1]] !== undefined;
      at += 3;
      return isThere;
    }
    const value = labels[token] as string | undefined;
    const operator = tokens[at++];
    const second = ['not', 'starts', 'ends'].includes(operator) ? tokens[at++] : '';
    const operand = tokens[at++];
    const listed = (operand.match(/'[^']*'/g) ?? []).map((text) => text.slice(1, -1));
    const [wanted] = listed;
    switch (`${operator}${second}`) {
      case '==':
        return value === wanted;
      case '!=':
        return value !== wanted;
      case 'in':
        return value !== undefined && listed.includes(value);
      case 'notin':
        return value === undefined || !listed.includes(value);
      case 'contains':
        return value?.includes(wanted) === true;
      case 'startswith':
        return value?.startsWith(wanted) === true;
      case 'endswith':
        return value?.endsWith(wanted) === true;
      default:
        throw new Error(`the oracle does not know ${selector}`);
    }
  };
  return any();
}
