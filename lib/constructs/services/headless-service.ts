import type { Construct } from 'constructs';
import type { IpFamily } from '../cluster/ip-family';
import type { ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import type { LabelledPods } from '../pods/pods';
import { Service } from './service';
import { impliedFamilyPolicy } from './service-families';
import type { PodServicePort, ServicePort } from './service-port';
import { podPortSpec } from './service-ports';
import { podPortsProblems, servicePodsProblems } from './service-problems';
import { serviceSpec, type ServiceSpec } from './service-spec';
import type { IpFamilyPolicy } from './service-traffic';

/** Props of `HeadlessService`. */
export interface HeadlessServiceProps extends NamespacedObjectProps {
  /** The pods that its name stands for: `Pods.of(statefulSet)` or `Pods.labelled({ app: 'db' })`. */
  readonly pods: LabelledPods;

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
 * `new k8s.KubeStatefulSet(this, 'db', { spec: { serviceName: headless.name, … } })`. The StatefulSet of cdk8s-plus
 * takes Services of cdk8s-plus only and makes one of its own when it is given none; its pods then have their names
 * under that one. To change this, patch it:
 * `ApiObject.of(statefulSet).addJsonPatch(JsonPatch.replace('/spec/serviceName', headless.name))`.
 */
export class HeadlessService extends Service {
  private readonly props: HeadlessServiceProps;
  private readonly portList: PodServicePort[];

  constructor(scope: Construct, id: string, props: HeadlessServiceProps) {
    super(scope, id, props);
    this.props = props;
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
    const { pods, ipFamilies = [], ipFamilyPolicy, publishNotReadyAddresses } = this.props;
    return serviceSpec('headless', {
      selector: pods._labelSelection().labels,
      ports: this.portList.map(podPortSpec),
      ipFamilies,
      ipFamilyPolicy: impliedFamilyPolicy({ ipFamilies, ipFamilyPolicy, clusterIps: [] }),
      publishNotReadyAddresses,
    });
  }

  /** @internal */
  public _problems(): readonly ObjectProblem[] {
    return [...podPortsProblems(this.portList), ...servicePodsProblems(this.props.pods, this.namespace)];
  }
}
