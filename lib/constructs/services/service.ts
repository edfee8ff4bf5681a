import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { clusterDomainOf, serviceDnsName, serviceSrvName } from '../dns/dns-name';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { Protocol } from './protocol';
import { SERVICE_FIELDS } from './service-field-map';
import type { ServicePort } from './service-port';
import type { ServiceSpec } from './service-spec';

/** A Service, made here or elsewhere. */
export interface IService {
  /** `metadata.name`. */
  readonly name: string;

  /** The namespace it is in. */
  readonly namespace: string;

  /** The full DNS name: `name.namespace.svc.cluster.local`. */
  readonly dnsName: string;

  /** Its ports, as far as they are known. */
  readonly ports: ServicePort[];

  /**
   * The name of the SRV record of a named port: `_http._tcp.name.namespace.svc.cluster.local`.
   *
   * @param portName the name of the port
   * @param protocol the protocol of the port, TCP when left out
   */
  srvName(portName: string, protocol?: Protocol): string;
}

/** What all kinds of Service have in common. Its default child is the `ApiObject`. */
export abstract class Service extends Construct implements IService {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: NamespacedObjectProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      // Ports may be added to it later.
      spec: Lazy.any({ produce: () => this._spec() }) as unknown,
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: SERVICE_FIELDS,
      problems: () => this._problems(),
    });
  }

  public get name(): string {
    return this.apiObject.name;
  }

  public get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  public get dnsName(): string {
    return serviceDnsName({ name: this.name, namespace: this.namespace, clusterDomain: clusterDomainOf(this) });
  }

  public abstract get ports(): ServicePort[];

  public srvName(portName: string, protocol: Protocol = Protocol.TCP): string {
    const service = { name: this.name, namespace: this.namespace, clusterDomain: clusterDomainOf(this) };
    return serviceSrvName(service, portName, protocol);
  }

  /** @internal */
  public abstract _spec(): ServiceSpec;

  /**
   * What only the construct can know: the rules judge what it renders.
   * @internal
   */
  public abstract _problems(): readonly Problem[];
}
