import type { k8s } from 'cdk8s-plus-28';
import { isDns1035Label } from '../../syntax/name-syntax';
import { portProblems, shown, type ObjectProblem } from '../objects/object-problem';
import type { IService } from '../services/service';
import { containerPortNameProblems } from '../services/service-fields';

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
    return new IngressBackend(() => ({
      spec: serviceSpec(name, port._value),
      problems: [...serviceNameProblems(name), ...backendPortProblems(port._value)],
    }));
  }

  /**
   * An object that is no Service, in the namespace of the Ingress, where the controller supports it.
   *
   * @param resource the object
   */
  public static resource(resource: ResourceBackend): IngressBackend {
    const { apiGroup, kind, name } = resource;
    return new IngressBackend(() => ({
      spec: { resource: { apiGroup, kind, name } },
      problems: Object.entries({ apiGroup, kind, name })
        .filter(([, value]) => value === '')
        .map(([field]) => ({ message: `the resource of a backend has an empty ${field}`, help: `give its ${field}` })),
    }));
  }

  private constructor(private readonly target: () => Target) {}

  /** @internal */
  public _spec(): k8s.IngressBackend {
    return this.target().spec;
  }

  /** @internal */
  public _problems(ingressNamespace: string): ObjectProblem[] {
    const { service, problems } = this.target();
    if (service === undefined || service.namespace === ingressNamespace) return [...problems];
    return [
      ...problems,
      {
        message: `a backend is Service ${service.namespace}/${service.name}, and the Ingress is in namespace ${ingressNamespace}: it reaches Services of its own namespace only`,
        help: `put the Ingress into namespace ${service.namespace}, or an ExternalNameService for ${service.dnsName} into ${ingressNamespace}`,
      },
    ];
  }
}

interface Target {
  readonly spec: k8s.IngressBackend;
  readonly problems: readonly ObjectProblem[];
  readonly service?: IService;
}

function serviceBackend(service: IService, asked: number | string | undefined): Target {
  const { name, ports } = service;
  const port = asked ?? (ports.length === 1 ? ports[0]?.port : undefined);
  if (port === undefined) {
    const known = ports.map((candidate) => candidate.name ?? String(candidate.port)).join(', ');
    return {
      service,
      spec: serviceSpec(name, undefined),
      problems: [
        {
          message:
            ports.length === 0
              ? `a backend names no port, and the ports of Service ${name} are not known`
              : `a backend names no port, and Service ${name} has several: ${known}`,
          help: 'give BackendPort.number() or BackendPort.name()',
        },
      ],
    };
  }
  const missing = ports.length > 0 && !ports.some((candidate) => candidate.port === port || candidate.name === port);
  return {
    service,
    spec: serviceSpec(name, port),
    problems: [
      ...backendPortProblems(port),
      // The ports of a Service in the app are compared where all objects are seen; those of others are known here only.
      ...(missing && !('apiObject' in service) ? [missingPort(service, port)] : []),
    ],
  };
}

function missingPort({ name, ports }: IService, port: number | string): ObjectProblem {
  const known = ports.map((candidate) =>
    [candidate.port, candidate.name].filter((part) => part !== undefined).join(' '),
  );
  return {
    message: `a backend asks for port ${shown(port)} of Service ${name}, whose ports are ${known.join(', ')}`,
    help: 'use one of these ports, or correct the ports of the ServiceReference',
  };
}

function serviceSpec(name: string, port: number | string | undefined): k8s.IngressBackend {
  return {
    service: {
      name,
      port: port === undefined ? undefined : typeof port === 'string' ? { name: port } : { number: port },
    },
  };
}

function serviceNameProblems(name: string): ObjectProblem[] {
  if (isDns1035Label(name)) return [];
  return [
    {
      message: `backend ${shown(name)} is not the name of a Service`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter first and no hyphen last',
    },
  ];
}

function backendPortProblems(port: number | string): ObjectProblem[] {
  return typeof port === 'string'
    ? containerPortNameProblems('backend port', port)
    : portProblems('backend port', port);
}
