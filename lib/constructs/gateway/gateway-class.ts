import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import type { FieldMap } from '../../synth';

/** Which props of a GatewayClass write which fields. */
const GATEWAY_CLASS_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.controllerName': 'controllerName',
    'spec.description': 'description',
    'spec.parametersRef': 'parameters',
    'spec.parametersRef.group': 'parameters.group',
    'spec.parametersRef.kind': 'parameters.kind',
    'spec.parametersRef.name': 'parameters.name',
    'spec.parametersRef.namespace': 'parameters.namespace',
  },
  help: METADATA_HELP,
};

/** A GatewayClass, made here or elsewhere. */
export interface IGatewayClass {
  /** `metadata.name`, to which the `spec.gatewayClassName` of a Gateway refers. */
  readonly name: string;
}

/** The object with the settings of a controller for one class. */
export interface GatewayClassParameters {
  /**
   * The API group of its kind.
   *
   * @default - the core group
   */
  readonly group?: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;

  /**
   * The namespace it is in.
   *
   * @default - it is in none: it is for the whole cluster
   */
  readonly namespace?: string;
}

/** Props of `GatewayClass`. */
export interface GatewayClassProps extends ClusterObjectProps {
  /** The controller that serves Gateways of this class, such as `example.com/gateway-controller`. It cannot be changed later. */
  readonly controllerName: string;

  /**
   * What the class is for, in at most 64 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Settings for the controller.
   *
   * @default - none
   */
  readonly parameters?: GatewayClassParameters;
}

/** A class of Gateways, served by one controller. */
export class GatewayClass extends Construct implements IGatewayClass {
  /**
   * Refers to a class that is made elsewhere, usually by the installation of its controller.
   *
   * @param name `metadata.name`
   */
  public static named(name: string): IGatewayClass {
    return { name };
  }

  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: GatewayClassProps) {
    super(scope, id);
    const { controllerName, description, parameters } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        controllerName,
        description,
        parametersRef: parameters && {
          group: parameters.group ?? '',
          kind: parameters.kind,
          name: parameters.name,
          namespace: parameters.namespace,
        },
      },
    });
    registerObject({ construct: this, instantiated: new.target, fields: GATEWAY_CLASS_FIELDS });
  }

  public get name(): string {
    return this.apiObject.name;
  }
}
