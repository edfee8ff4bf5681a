import { at, integer, list, member, nonEmpty, record, text } from './json';
import { type LabelSelector, readLabelSelector } from './label-selector';
import { flatMap } from './lists';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

export type PolicyDirection = 'ingress' | 'egress';

export const POLICY_DIRECTIONS: readonly PolicyDirection[] = ['ingress', 'egress'];

/** What `policyTypes` calls the directions. */
export const POLICY_TYPES: Readonly<Record<PolicyDirection, string>> = { ingress: 'Ingress', egress: 'Egress' };

export interface IpBlock {
  readonly cidr: unknown;
  readonly except: readonly unknown[];
}

/** Who is at the other end. A field that is null or absent is undefined: it does not narrow the peer. */
export interface PolicyPeer {
  readonly podSelector: LabelSelector | undefined;
  readonly namespaceSelector: LabelSelector | undefined;
  readonly ipBlock: IpBlock | undefined;
  readonly path: FieldPath;
}

export interface PolicyPort {
  /** `TCP` when unset. */
  readonly protocol: string;
  /** A number, a name, or undefined: all ports of the protocol. */
  readonly port: number | string | undefined;
  /** The last port of a range that begins with `port`. */
  readonly endPort: number | undefined;
  readonly path: FieldPath;
}

export interface PolicyRule {
  readonly direction: PolicyDirection;
  /** Empty: everyone. */
  readonly peers: readonly PolicyPeer[];
  /** Empty: all ports. */
  readonly ports: readonly PolicyPort[];
  readonly path: FieldPath;
}

export interface NetworkPolicy {
  readonly object: ModelObject;
  readonly namespace: string;
  /** The pods of its namespace that the policy isolates. */
  readonly podSelector: LabelSelector;
  /** Directions in which it isolates them: `policyTypes`, or what the API server makes of its absence. */
  readonly isolates: ReadonlySet<PolicyDirection>;
  /** All rules as written; those of a direction that is not isolated have no effect. */
  readonly rules: readonly PolicyRule[];
}

export function isNetworkPolicy(object: ModelObject): boolean {
  return object.ref.kind === 'NetworkPolicy' && apiGroup(object.ref.apiVersion) === 'networking.k8s.io';
}

export function readNetworkPolicy(object: ModelObject): NetworkPolicy {
  const spec = member(object.manifest, 'spec');
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    podSelector: readLabelSelector(at(spec, 'podSelector')),
    isolates: readDirections(spec),
    rules: flatMap(POLICY_DIRECTIONS, (direction) =>
      list(member(spec, direction)).map((rule, index) => readRule(rule, direction, ['spec', direction, index])),
    ),
  };
}

/** The field that lists the peers of a rule. */
export function peersField(direction: PolicyDirection): 'from' | 'to' {
  return direction === 'ingress' ? 'from' : 'to';
}

/** Without `policyTypes` a policy is one for ingress, and for egress too if it has an egress rule (SetDefaults_NetworkPolicy). */
function readDirections(spec: unknown): ReadonlySet<PolicyDirection> {
  const types = list(member(spec, 'policyTypes'));
  if (types.length === 0) {
    return new Set(list(member(spec, 'egress')).length > 0 ? POLICY_DIRECTIONS : ['ingress']);
  }
  return new Set(POLICY_DIRECTIONS.filter((direction) => types.includes(POLICY_TYPES[direction])));
}

function readRule(rule: unknown, direction: PolicyDirection, path: FieldPath): PolicyRule {
  const field = peersField(direction);
  return {
    direction,
    peers: list(member(rule, field)).map((peer, index) => readPolicyPeer(peer, below(path, field, index))),
    ports: list(member(rule, 'ports')).map((port, index) => readPort(port, below(path, 'ports', index))),
    path,
  };
}

export function readPolicyPeer(peer: unknown, path: FieldPath): PolicyPeer {
  const selector = (field: string): LabelSelector | undefined => {
    const value = record(member(peer, field));
    return value && readLabelSelector(value);
  };
  const ipBlock = record(member(peer, 'ipBlock'));
  return {
    podSelector: selector('podSelector'),
    namespaceSelector: selector('namespaceSelector'),
    ipBlock: ipBlock && { cidr: member(ipBlock, 'cidr'), except: list(member(ipBlock, 'except')) },
    path,
  };
}

function readPort(value: unknown, path: FieldPath): PolicyPort {
  const port = member(value, 'port');
  return {
    protocol: nonEmpty(member(value, 'protocol')) ?? 'TCP',
    port: integer(port) ?? text(port),
    endPort: integer(member(value, 'endPort')),
    path,
  };
}
