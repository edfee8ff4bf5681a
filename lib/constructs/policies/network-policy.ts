import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { readAddress } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { EMPTY_PROP, FOREIGN_NAMESPACE } from '../objects/object-rules';
import { addressBits, formatAddress } from '../../address';
import type { Problem } from '../../finding/problem';
import { DNS_PORT, KUBEADM_DNS } from '../../model';
import { Cluster } from '../cluster/cluster';
import type { ClusterDns } from '../dns/cluster-dns';
import { Pods } from '../pods/pods';
import { NETWORK_POLICY_FIELDS } from './network-policy-field-map';
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from './network-policy-spec';
import { PolicyPeer } from './policy-peer';
import { PolicyPort } from './policy-port';

/** Connections that pods may accept. */
export interface IngressPolicyRule {
  /** Who may connect, at least one: `PolicyPeer.anyone()` for everyone. */
  readonly from: PolicyPeer[];

  /**
   * The ports of the pods.
   *
   * @default - all ports
   */
  readonly ports?: PolicyPort[];
}

/** Connections that pods may open. */
export interface EgressPolicyRule {
  /** To whom they may connect, at least one: `PolicyPeer.anyone()` for everyone. */
  readonly to: PolicyPeer[];

  /**
   * The ports of the peers.
   *
   * @default - all ports
   */
  readonly ports?: PolicyPort[];
}

/** Props of `NetworkPolicy`. */
export interface NetworkPolicyProps extends NamespacedObjectProps {
  /** The pods that the policy isolates, in its own namespace: `Pods.of(deployment)`, or `Pods.all()` for every pod of the namespace. */
  readonly subject: Pods;

  /**
   * Which connections the pods may accept; all others are refused, unless another policy allows them. An empty list
   * refuses all.
   *
   * @default - the policy says nothing about connections to the pods, until `allowFrom()` is called
   */
  readonly ingress?: IngressPolicyRule[];

  /**
   * Which connections the pods may open; all others are refused, unless another policy allows them. An empty list
   * refuses all. Names can be looked up only where DNS is allowed too, see `allowDns()`.
   *
   * @default - the policy says nothing about connections from the pods, until `allowTo()` or `allowDns()` is called
   */
  readonly egress?: EgressPolicyRule[];
}

/** Props of `NetworkPolicy.defaultDeny()`. */
export interface DefaultDenyProps extends NamespacedObjectProps {
  /**
   * Whether connections to the pods are refused.
   *
   * @default true
   */
  readonly ingress?: boolean;

  /**
   * Whether connections from the pods are refused, to the cluster's DNS too: let `allowDns()` allow that.
   *
   * @default true
   */
  readonly egress?: boolean;
}

/** Props of `NetworkPolicy.allowDns()`, for names that these pods do not look up where all others do. */
export interface AllowDnsProps {
  /**
   * Who answers DNS queries.
   *
   * @default - the DNS of the cluster (`Cluster.dns`): the addresses that pods ask where they are those of no pod, and the pods behind the
   * DNS Service; outside of a cluster the pods labelled `k8s-app: kube-dns` in the namespace `kube-system`
   */
  readonly resolver?: PolicyPeer;

  /**
   * The ports at which the resolver listens.
   *
   * @default - for UDP and TCP, 53, or those of the pods of the cluster's DNS
   */
  readonly ports?: PolicyPort[];
}

interface Rule {
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[] | undefined;
}

/** Rules that depend on the whole app: who answers DNS is known when it is complete. */
type LateRules = () => readonly Rule[];

/**
 * Isolates pods: of the connections in a direction that the policy speaks of, only those remain that it, or another
 * policy for the same pods, allows. Replies to allowed connections always pass.
 */
export class NetworkPolicy extends Construct {
  /**
   * A policy that isolates all pods of a namespace and allows nothing, so that other policies say what is allowed.
   *
   * @param scope where it belongs
   * @param id its construct id
   * @param props the directions
   */
  public static defaultDeny(scope: Construct, id: string, props: DefaultDenyProps = {}): NetworkPolicy {
    const { ingress = true, egress = true, ...metadata } = props;
    return new NetworkPolicy(scope, id, {
      ...metadata,
      subject: Pods.all(),
      ...(ingress && { ingress: [] }),
      ...(egress && { egress: [] }),
    });
  }

  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  private readonly subject: Pods;
  /** Undefined as long as the policy says nothing about the direction. */
  private ingress: Rule[] | undefined;
  private egress: (Rule | LateRules)[] | undefined;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    this.subject = props.subject;
    this.ingress = props.ingress?.map(({ from, ports }) => ({ peers: from, ports }));
    this.egress = props.egress?.map(({ to, ports }) => ({ peers: to, ports }));
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: Lazy.any({ produce: () => this.spec() }) as unknown,
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: NETWORK_POLICY_FIELDS,
      problems: () => this.problems(),
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** The namespace whose pods it isolates. */
  public get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  /**
   * Lets these peers connect to the pods. All other connections to them are refused, unless something else allows them.
   *
   * @param peers who, at least one
   * @param ports the ports of the pods, all when left out
   */
  public allowFrom(peers: PolicyPeer[], ports?: PolicyPort[]): void {
    this.ingress = [...(this.ingress ?? []), { peers, ports }];
  }

  /**
   * Lets the pods connect to these peers. All other connections from them are refused, unless something else allows them.
   *
   * @param peers who, at least one
   * @param ports the ports of the peers, all when left out
   */
  public allowTo(peers: PolicyPeer[], ports?: PolicyPort[]): void {
    this.egress = [...(this.egress ?? []), { peers, ports }];
  }

  /**
   * Lets the pods look up names, over UDP and TCP: at the DNS of the cluster, wherever its pods and caches are (`Cluster.dns`).
   *
   * A cache in the network of the node (`NodeLocalDns`) is an address to policies, in every mode of kube-proxy. The pods behind the DNS Service are
   * allowed beside it: those that started before the kubelets knew the cache ask them.
   *
   * @param props where these pods look up names elsewhere
   */
  public allowDns(props: AllowDnsProps = {}): void {
    const { resolver, ports } = props;
    this.egress = [...(this.egress ?? []), () => dnsRules(Cluster.of(this)?.dns ?? {}, resolver, ports)];
  }

  private get egressRules(): Rule[] | undefined {
    return this.egress?.flatMap((rule) => (typeof rule === 'function' ? rule() : [rule]));
  }

  private spec(): NetworkPolicySpec {
    const { egressRules } = this;
    return {
      podSelector: this.subject._selection().selector,
      policyTypes: [...(this.ingress ? ['Ingress'] : []), ...(this.egress ? ['Egress'] : [])],
      ingress: this.ingress?.length
        ? this.ingress.map((rule) => ({ from: this.peerSpecs(rule), ports: portSpecs(rule) }))
        : undefined,
      egress: egressRules?.length
        ? egressRules.map((rule) => ({ to: this.peerSpecs(rule), ports: portSpecs(rule) }))
        : undefined,
    };
  }

  /** No list means everyone to the API. */
  private peerSpecs({ peers }: Rule): NetworkPolicyPeer[] | undefined {
    if (peers.length === 0 || peers.some((peer) => peer._isAnyone)) return undefined;
    return peers.flatMap((peer) => peer._spec(this.namespace));
  }

  private problems(): Problem[] {
    const { subject, namespace } = this;
    return [
      ...subject._selection().problems,
      ...(subject._namespace === undefined || subject._namespace === namespace
        ? []
        : [
            {
              rule: FOREIGN_NAMESPACE,
              message: `the subject is in namespace ${subject._namespace}, and the policy is in ${namespace}: it isolates pods of its own namespace only`,
              help: `set namespace: '${subject._namespace}'`,
            },
          ]),
      ...(this.ingress === undefined && this.egress === undefined
        ? [
            {
              rule: EMPTY_PROP,
              message: 'the policy has neither ingress nor egress, which the API takes for no ingress',
              help: 'give ingress or egress, an empty list to refuse everything, or call allowFrom(), allowTo() or allowDns()',
            },
          ]
        : []),
      ...(this.ingress ?? []).flatMap((rule, index) => this.ruleProblems(`ingress[${index}]`, 'from', rule)),
      ...(this.egressRules ?? []).flatMap((rule, index) => this.ruleProblems(`egress[${index}]`, 'to', rule)),
    ];
  }

  private ruleProblems(field: string, peersField: string, { peers, ports }: Rule): Problem[] {
    return [
      ...(peers.length > 0
        ? []
        : [
            {
              rule: EMPTY_PROP,
              message: `${field}.${peersField} is empty, which the API takes for everyone`,
              help: 'say PolicyPeer.anyone() if that is meant, else name the peers or leave the rule out',
            },
          ]),
      ...(ports?.length === 0
        ? [
            {
              rule: EMPTY_PROP,
              message: `${field}.ports is empty, which the API takes for all ports`,
              help: 'leave ports out if that is meant, else name the ports or leave the rule out',
            },
          ]
        : []),
      ...peers.flatMap((peer) => peer._problems(this.namespace)),
    ];
  }
}

function dnsRules(
  {
    addresses = [],
    namespace = KUBEADM_DNS.namespace,
    podLabels = KUBEADM_DNS.podLabels,
    ports = [...KUBEADM_DNS.ports],
  }: ClusterDns,
  resolver: PolicyPeer | undefined,
  givenPorts: PolicyPort[] | undefined,
): Rule[] {
  const ofNumbers = (numbers: readonly number[]): PolicyPort[] =>
    numbers.flatMap((port) => [PolicyPort.udp(port), PolicyPort.tcp(port)]);
  if (resolver !== undefined) return [{ peers: [resolver], ports: givenPorts ?? ofNumbers([DNS_PORT]) }];
  const pods = PolicyPeer.podsIn(namespace, Pods.labelled({ ...podLabels }));
  const servers = addresses.flatMap(addressPeer);
  const together = givenPorts !== undefined || ports.join() === String(DNS_PORT);
  if (together) return [{ peers: [pods, ...servers], ports: givenPorts ?? ofNumbers([DNS_PORT]) }];
  return [
    { peers: [pods], ports: ofNumbers(ports) },
    ...(servers.length > 0 ? [{ peers: servers, ports: ofNumbers([DNS_PORT]) }] : []),
  ];
}

/** Nothing for a text that is no address: the cluster says so. */
function addressPeer(text: string): PolicyPeer[] {
  const { value } = readAddress('address', text);
  return value === undefined ? [] : [PolicyPeer.cidr(`${formatAddress(value)}/${addressBits(value.family)}`)];
}

function portSpecs({ ports }: Rule): NetworkPolicyPort[] | undefined {
  return ports?.length ? ports.map((port) => port._spec()) : undefined;
}
