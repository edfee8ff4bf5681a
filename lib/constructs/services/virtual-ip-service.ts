import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { IpFamily as AddressFamily } from '../../address';
import { canonicalAddress } from '../objects/canonical-address';
import { Cluster } from '../cluster/cluster';
import type { ClusterIp } from './cluster-ip';
import type { IpFamily } from '../cluster/ip-family';
import type { ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { Service } from './service';
import {
  clusterIpProblems,
  effectiveFamilies,
  familyProblems,
  impliedFamilyPolicy,
  type FamilyRequest,
} from './service-families';
import {
  externalIpsProblems,
  requiredPortsProblems,
  servicePortsProblems,
  sessionTimeoutProblems,
  type CheckedPort,
} from './service-fields';
import type { IpFamilyPolicy, TrafficDistribution, TrafficPolicy } from './service-traffic';
import type { SessionAffinity } from './session-affinity';
import { NetworkSynthesis } from '../../synth';

/** Props of every Service that has an address of its own in the cluster. */
export interface VirtualIpServiceProps extends NamespacedObjectProps {
  /**
   * How the Service comes to its cluster address.
   *
   * @default ClusterIp.dynamic()
   */
  readonly clusterIp?: ClusterIp;

  /**
   * The families of its addresses, the primary one first. The primary one cannot be changed later.
   *
   * @default - the primary family of the cluster
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * One family or two.
   *
   * @default - `REQUIRE_DUAL_STACK` when two families or two cluster addresses are given, else the API server's choice, which is one family
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * Whether connections of one client go to one pod.
   *
   * @default SessionAffinity.none()
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * Which endpoints traffic from inside of the cluster may go to.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: TrafficPolicy;

  /**
   * Which endpoints are preferred. Kubernetes 1.31 and later.
   *
   * @default - none
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * Whether endpoints count that are not ready.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * Addresses outside of the cluster whose traffic the nodes take when it reaches them. Deprecated since Kubernetes
   * 1.36 (KEP-5707).
   *
   * @default - none
   */
  readonly externalIps?: string[];

  /**
   * Which endpoints traffic from outside of the cluster may go to: the traffic of node ports, load balancers and
   * external IPs. A Service that has none of these does not have it.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** A Service that has an address of its own in the cluster. */
export abstract class VirtualIpService extends Service {
  private readonly settings: VirtualIpServiceProps;
  /** Texts, or values that cdk8s resolves when it renders them. */
  private readonly clusterIps: readonly unknown[];

  constructor(scope: Construct, id: string, props: VirtualIpServiceProps) {
    super(scope, id, props);
    this.settings = props;
    this.clusterIps = props.clusterIp?._planned
      ? this._families().map((family) =>
          NetworkSynthesis.of(this).planned({ kind: 'clusterIP', object: this.apiObject, family }),
        )
      : (props.clusterIp?._ips ?? []).map(canonicalAddress);
  }

  /**
   * The cluster address of the primary family, as a value for the props of other constructs. A planned address is known
   * only when the app is synthesized, so that it cannot stand in a template literal.
   *
   * @throws when the cluster chooses the address
   */
  // cdk8s types what it resolves later as `any`, so that it can stand where a string is expected.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public get clusterIp(): any {
    if (this.clusterIps.length > 0) return this.clusterIps[0];
    throw new Error(
      `The cluster chooses the address of Service ${this.namespace}/${this.name}: use ClusterIp.planned() or ClusterIp.fixed(), or refer to it by dnsName.`,
    );
  }

  /** @internal */
  public _families(): AddressFamily[] {
    return effectiveFamilies(this.familyRequest());
  }

  /** @internal */
  public abstract _type(): string;

  /** @internal */
  public abstract _portSpecs(): k8s.ServicePort[];

  /** @internal */
  public abstract _checkedPorts(): CheckedPort[];

  /** @internal */
  public _selector(): { [key: string]: string } | undefined {
    return undefined;
  }

  /** @internal */
  public _spec(): k8s.ServiceSpec {
    const { sessionAffinity, externalIps = [], ipFamilies = [] } = this.settings;
    return {
      type: this._type(),
      selector: this._selector(),
      ports: this._portSpecs(),
      ...clusterIpFields(this.clusterIps),
      ipFamilies: ipFamilies.length > 0 ? ipFamilies : undefined,
      ipFamilyPolicy: impliedFamilyPolicy(this.familyRequest()),
      sessionAffinity: sessionAffinity?._affinity,
      sessionAffinityConfig:
        sessionAffinity?._timeoutSeconds === undefined
          ? undefined
          : { clientIp: { timeoutSeconds: sessionAffinity._timeoutSeconds } },
      internalTrafficPolicy: this.settings.internalTrafficPolicy,
      externalTrafficPolicy: this.settings.externalTrafficPolicy,
      publishNotReadyAddresses: this.settings.publishNotReadyAddresses,
      externalIPs: externalIps.length > 0 ? externalIps.map(canonicalAddress) : undefined,
    };
  }

  /** @internal */
  public _problems(): readonly ObjectProblem[] {
    const { clusterIp, sessionAffinity, externalIps = [] } = this.settings;
    const request = this.familyRequest();
    return [
      ...requiredPortsProblems(this._checkedPorts()),
      ...servicePortsProblems(this._checkedPorts()),
      ...familyProblems(request),
      ...(clusterIp?._ips ? clusterIpProblems(request) : []),
      ...sessionTimeoutProblems(sessionAffinity?._timeoutSeconds),
      ...externalIpsProblems(externalIps),
    ];
  }

  /** @internal */
  public override _trafficDistribution(): string | undefined {
    return this.settings.trafficDistribution;
  }

  private familyRequest(): FamilyRequest {
    const { clusterIp, ipFamilies = [], ipFamilyPolicy } = this.settings;
    return {
      ipFamilies,
      ipFamilyPolicy,
      clusterIps: clusterIp?._ips ?? [],
      clusterFamilies: Cluster.of(this)?.families,
    };
  }
}

/** `clusterIPs` only where there are two: the API server fills it in, and `clusterIP` must always equal its first. */
function clusterIpFields(clusterIps: readonly unknown[]): Pick<k8s.ServiceSpec, 'clusterIp' | 'clusterIPs'> {
  const values = clusterIps as readonly string[];
  return { clusterIp: values[0], clusterIPs: values.length > 1 ? [...values] : undefined };
}
