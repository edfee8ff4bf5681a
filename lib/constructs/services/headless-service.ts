import type { Service as PlusService } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { Problem } from '../../finding/problem';
import type { IpFamily } from '../cluster/ip-family';
import type { NamespacedObjectProps } from '../objects/object-props';
import { type LabelledPods, Pods } from '../pods/pods';
import { Service } from './service';
import { impliedFamilyPolicy } from './service-families';
import type { PodServicePort, ServicePort } from './service-port';
import { podPortSpec } from './service-ports';
import { podPortsProblems, servicePodsProblems } from './service-problems';
import { serviceSpec, type ServiceSpec } from './service-spec';
import type { IpFamilyPolicy } from './service-traffic';

/** Props of `HeadlessService`. */
export interface HeadlessServiceProps extends NamespacedObjectProps {
  /**
   * The pods that its name stands for: `Pods.of(statefulSet)` or `Pods.labelled({ app: 'db' })`.
   *
   * @default - those of the StatefulSet of cdk8s-plus that it is given to with `forStatefulSet()`; without one it has no
   * selector, and somebody else writes its EndpointSlices
   */
  readonly pods?: LabelledPods;

  /**
   * Its ports. Clients reach the pods themselves, so that `targetPort` has no effect; named ports have SRV records.
   *
   * @default - none
   */
  readonly ports?: PodServicePort[];

  /**
   * The families of the addresses that its name stands for, the primary one first.
   *
   * @default - the primary family of the cluster
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * One family or two.
   *
   * @default - `REQUIRE_DUAL_STACK` when two families are given, else the API server's choice, which is one family
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * Whether pods have their names before they are ready: peers that find each other in order to become ready need it.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;
}

/**
 * A Service without an address of its own: its name stands for the addresses of all its pods (`clusterIP: None`).
 *
 * Each pod of a StatefulSet has a name under it when the StatefulSet's `spec.serviceName` is the name of this Service:
 * `new k8s.KubeStatefulSet(this, 'db', { spec: { serviceName: headless.name, … } })`, and for the StatefulSet of cdk8s-plus
 * `new StatefulSet(this, 'db', { service: headless.forStatefulSet(), … })`.
 */
export class HeadlessService extends Service {
  private readonly props: HeadlessServiceProps;
  private pods: LabelledPods | undefined;
  private readonly portList: PodServicePort[];

  constructor(scope: Construct, id: string, props: HeadlessServiceProps = {}) {
    super(scope, id, props);
    this.props = props;
    this.pods = props.pods;
    this.portList = [...(props.ports ?? [])];
  }

  public get ports(): ServicePort[] {
    return [...this.portList];
  }

  /**
   * Adds a port.
   *
   * @param port the port
   */
  public addPort(port: PodServicePort): void {
    this.portList.push(port);
  }

  /**
   * This Service, as the `service` of a StatefulSet of cdk8s-plus, whose pods then have their names under it. Of that prop alone: it is no
   * Service of cdk8s-plus otherwise.
   */
  public forStatefulSet(): PlusService {
    return this as unknown as PlusService;
  }

  /**
   * Takes the pods of a workload, unless its pods were given. The StatefulSet of cdk8s-plus calls it on its `service`.
   *
   * @param workload a construct with a pod template, from whatever library
   */
  public select(workload: IConstruct): void {
    this.pods ??= Pods.of(workload);
  }

  /**
   * The DNS name of one pod: `db-0.db.shop.svc.cluster.local`. It exists for the pods of a StatefulSet that this
   * Service governs, and for pods whose `spec.hostname` is the name and whose `spec.subdomain` is the Service's.
   *
   * @param hostname the pod's hostname: `NAME-ORDINAL` in a StatefulSet
   */
  public podDnsName(hostname: string): string {
    return `${hostname}.${this.dnsName}`;
  }

  /** @internal */
  public _spec(): ServiceSpec {
    const { ipFamilies = [], ipFamilyPolicy, publishNotReadyAddresses } = this.props;
    return serviceSpec('headless', {
      selector: this.pods?._labelSelection().labels,
      ports: this.portList.map(podPortSpec),
      ipFamilies,
      ipFamilyPolicy: impliedFamilyPolicy({ ipFamilies, ipFamilyPolicy, clusterIps: [] }),
      publishNotReadyAddresses,
    });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    const pods = this.pods === undefined ? [] : servicePodsProblems(this.pods, this.namespace);
    return [...podPortsProblems(this.portList), ...pods];
  }
}
