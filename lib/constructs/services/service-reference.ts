import { DEFAULT_CLUSTER_DOMAIN, serviceDnsName, serviceSrvName, type ServiceName } from '../dns/dns-name';
import { Protocol } from './protocol';
import type { IService } from './service';
import type { ServicePort } from './service-port';

/** Props of `ServiceReference`. */
export interface ServiceReferenceProps {
  /** @default 'default' */
  readonly namespace?: string;

  /**
   * Its ports, as far as they matter here.
   *
   * @default - not known
   */
  readonly ports?: ServicePort[];

  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
}

/** A Service that is made elsewhere: by another app, a Helm chart, an operator. */
export class ServiceReference implements IService {
  /**
   * Refers to a Service by its name.
   *
   * @param name `metadata.name`
   * @param props where it is and what is known of it
   */
  public static of(name: string, props: ServiceReferenceProps = {}): ServiceReference {
    return new ServiceReference(name, props);
  }

  /**
   * The same as `of`, by the name that constructs of other libraries have for it.
   *
   * @param name `metadata.name`
   * @param props where it is and what is known of it
   */
  public static fromName(name: string, props: ServiceReferenceProps = {}): ServiceReference {
    return ServiceReference.of(name, props);
  }

  public readonly name: string;
  public readonly namespace: string;
  private readonly clusterDomain: string;
  private readonly portList: readonly ServicePort[];

  private constructor(name: string, props: ServiceReferenceProps) {
    this.name = name;
    this.namespace = props.namespace ?? 'default';
    this.clusterDomain = props.clusterDomain ?? DEFAULT_CLUSTER_DOMAIN;
    this.portList = [...(props.ports ?? [])];
  }

  public get ports(): ServicePort[] {
    return [...this.portList];
  }

  public get dnsName(): string {
    return serviceDnsName(this.fullName());
  }

  public srvName(portName: string, protocol: Protocol = Protocol.TCP): string {
    return serviceSrvName(this.fullName(), portName, protocol);
  }

  private fullName(): ServiceName {
    return { name: this.name, namespace: this.namespace, clusterDomain: this.clusterDomain };
  }
}
