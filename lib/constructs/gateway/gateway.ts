import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { registerObject } from '../objects/object-registration';
import { GATEWAY_FIELDS } from './gateway-field-map';
import type { GatewayListener } from './gateway-listener';
import type { ClientValidation, GatewayProps } from './gateway-props';
import type { GatewaySpec, TlsConfigSpec } from './gateway-spec';

/** A Gateway, made here or elsewhere. */
export interface IGateway {
  /** `metadata.name`. */
  readonly name: string;

  /** The namespace it is in. */
  readonly namespace: string;
}

/** Where a Gateway is that is made elsewhere. */
export interface GatewayReferenceProps {
  /** @default 'default' */
  readonly namespace?: string;
}

/** Takes traffic into the cluster, and hands it to the routes that attach to its listeners. */
export class Gateway extends Construct implements IGateway {
  /**
   * Refers to a Gateway that is made elsewhere, usually by another team.
   *
   * @param name `metadata.name`
   * @param props where it is
   */
  public static of(name: string, props: GatewayReferenceProps = {}): IGateway {
    return { name, namespace: props.namespace ?? 'default' };
  }

  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  private readonly props: GatewayProps;
  private readonly listenerList: GatewayListener[];

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    this.props = props;
    this.listenerList = [...(props.listeners ?? [])];
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      // Listeners may be added to it later.
      spec: Lazy.any({ produce: (): GatewaySpec => gatewaySpec(this.props, this.listenerList) }) as unknown,
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: GATEWAY_FIELDS,
      problems: () => this.problems(),
    });
  }

  public get name(): string {
    return this.apiObject.name;
  }

  public get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  /**
   * Adds a listener.
   *
   * @param listener the listener
   */
  public addListener(listener: GatewayListener): void {
    this.listenerList.push(listener);
  }

  private problems(): Problem[] {
    return [
      ...this.listenerList.flatMap((listener, index) => listener._problems(`listeners[${index}]`)),
      ...(this.props.listenerSetsFrom?._problems('listenerSetsFrom') ?? []),
    ];
  }
}

function gatewaySpec(props: GatewayProps, listeners: readonly GatewayListener[]): GatewaySpec {
  return {
    gatewayClassName: props.gatewayClass.name,
    listeners: listeners.map((listener) => listener._spec()),
    addresses: props.addresses?.map(({ _spec }) => _spec),
    infrastructure: infrastructureSpec(props),
    allowedListeners: props.listenerSetsFrom && { namespaces: props.listenerSetsFrom._spec() },
    tls: tlsSpec(props),
    defaultScope: props.defaultScope,
  };
}

function infrastructureSpec({
  infrastructureLabels: labels,
  infrastructureAnnotations: annotations,
  infrastructureParameters: parameters,
}: GatewayProps): GatewaySpec['infrastructure'] {
  if (labels === undefined && annotations === undefined && parameters === undefined) return undefined;
  return {
    labels,
    annotations,
    parametersRef: parameters && { group: parameters.group ?? '', kind: parameters.kind, name: parameters.name },
  };
}

function tlsSpec({ clientCertificate, clientValidation, clientValidationByPort }: GatewayProps): GatewaySpec['tls'] {
  const hasFrontend = clientValidation !== undefined || clientValidationByPort !== undefined;
  if (clientCertificate === undefined && !hasFrontend) return undefined;
  return {
    backend: clientCertificate && { clientCertificateRef: clientCertificate._spec },
    frontend: hasFrontend
      ? {
          default: configSpec(clientValidation),
          perPort: clientValidationByPort?.map(({ port, validation }) => ({ port, tls: configSpec(validation) })),
        }
      : undefined,
  };
}

function configSpec(validation: ClientValidation | undefined): TlsConfigSpec {
  if (validation === undefined) return {};
  const { authorities, mode } = validation;
  return { validation: { caCertificateRefs: authorities.map(({ _spec }) => _spec), mode } };
}
