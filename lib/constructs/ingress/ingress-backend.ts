import type { Problem } from '../../finding/problem';
import { shown } from '../objects/object-problem';
import { CONTRADICTING_PROPS, FOREIGN_NAMESPACE } from '../objects/object-rules';
import type { IService } from '../services/service';
import type { IngressBackendSpec } from './ingress-spec';

/** A port of a Service, as an Ingress refers to it: the Service's port, not the pods'. */
export class BackendPort {
  /**
   * By its number.
   *
   * @param port `spec.ports[].port` of the Service
   */
  public static number(port: number): BackendPort {
    return new BackendPort(port);
  }

  /**
   * By its name.
   *
   * @param name `spec.ports[].name` of the Service, at most 15 characters
   */
  public static name(name: string): BackendPort {
    return new BackendPort(name);
  }

  private constructor(/** @internal */ public readonly _value: number | string) {}
}

/** An object in the namespace of an Ingress that its controller knows to serve, such as a bucket. */
export interface ResourceBackend {
  /** The API group of its kind. */
  readonly apiGroup: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;
}

/** Where an Ingress sends requests to. */
export class IngressBackend {
  /**
   * A Service, in the namespace of the Ingress.
   *
   * @param service one of ours, or `ServiceReference.of()`
   * @param port its port; may be left out when the Service has exactly one
   */
  public static service(service: IService, port?: BackendPort): IngressBackend {
    // Ports may be added to the Service later.
    return new IngressBackend(() => serviceBackend(service, port?._value));
  }

  /**
   * A Service of this name, in the namespace of the Ingress.
   *
   * @param name `metadata.name` of the Service
   * @param port its port
   */
  public static serviceName(name: string, port: BackendPort): IngressBackend {
    return new IngressBackend(() => ({ spec: serviceSpec(name, port._value) }));
  }

  /**
   * An object that is no Service, in the namespace of the Ingress, where the controller supports it.
   *
   * @param resource the object
   */
  public static resource(resource: ResourceBackend): IngressBackend {
    const { apiGroup, kind, name } = resource;
    return new IngressBackend(() => ({ spec: { resource: { apiGroup, kind, name } } }));
  }

  private constructor(private readonly target: () => Target) {}

  /** @internal */
  public _spec(): IngressBackendSpec {
    return this.target().spec;
  }

  /**
   * What to do where no port is named and none can be inferred.
   * @internal
   */
  public _portHelp(): string | undefined {
    const { service } = this.target();
    if (service === undefined) return undefined;
    const known = service.ports.map(({ name, port }) => name ?? String(port)).join(', ');
    return known === ''
      ? `give BackendPort.number() or BackendPort.name(): the ports of Service ${service.name} are not known`
      : `give BackendPort.number() or BackendPort.name(): Service ${service.name} has several: ${known}`;
  }

  /** @internal */
  public _problems(prop: string, ingressNamespace: string): Problem[] {
    const { service, missing } = this.target();
    return [
      ...(missing === undefined || service === undefined ? [] : [missingPort(prop, service, missing)]),
      ...(service === undefined || service.namespace === ingressNamespace
        ? []
        : [
            {
              rule: FOREIGN_NAMESPACE,
              message: `${prop} is Service ${service.namespace}/${service.name}, and the Ingress is in namespace ${ingressNamespace}: it reaches Services of its own namespace only`,
              help: `put the Ingress into namespace ${service.namespace}, or an ExternalNameService for ${service.dnsName} into ${ingressNamespace}`,
            },
          ]),
    ];
  }
}

interface Target {
  readonly spec: IngressBackendSpec;
  readonly service?: IService;
  /** A port that the Service, which is made elsewhere, does not have. */
  readonly missing?: number | string;
}

function serviceBackend(service: IService, asked: number | string | undefined): Target {
  const { name, ports } = service;
  const port = asked ?? (ports.length === 1 ? ports[0]?.port : undefined);
  const isKnown = ports.some((candidate) => candidate.port === port || candidate.name === port);
  // The ports of a Service in the app are compared where all objects are seen; those of others are known here only.
  const isMissing = port !== undefined && ports.length > 0 && !isKnown && !('apiObject' in service);
  return { service, spec: serviceSpec(name, port), missing: isMissing ? port : undefined };
}

function missingPort(prop: string, { name, ports }: IService, port: number | string): Problem {
  const known = ports.map((candidate) =>
    [candidate.port, candidate.name].filter((part) => part !== undefined).join(' '),
  );
  return {
    rule: CONTRADICTING_PROPS,
    message: `${prop} asks for port ${shown(port)} of Service ${name}, whose ports are ${known.join(', ')}`,
    help: 'use one of these ports, or correct the ports of the ServiceReference',
  };
}

function serviceSpec(name: string, port: number | string | undefined): IngressBackendSpec {
  return {
    service: {
      name,
      port: port === undefined ? undefined : typeof port === 'string' ? { name: port } : { number: port },
    },
  };
}
