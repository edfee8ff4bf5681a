import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import type { FieldMap } from '../../synth';

/** Which props of an IngressClass write which fields. */
const INGRESS_CLASS_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'metadata.annotations.ingressclass.kubernetes.io/is-default-class': 'isDefault',
    'spec.controller': 'controller',
    'spec.parameters': 'parameters',
    'spec.parameters.apiGroup': 'parameters.apiGroup',
    'spec.parameters.kind': 'parameters.kind',
    'spec.parameters.name': 'parameters.name',
    'spec.parameters.namespace': 'parameters.namespace',
  },
  help: METADATA_HELP,
};

const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** An IngressClass, made here or elsewhere. */
export interface IIngressClass {
  /** `metadata.name`, to which the `spec.ingressClassName` of an Ingress refers. */
  readonly name: string;
}

/** The object with the settings of a controller for one class. */
export interface IngressClassParameters {
  /**
   * The API group of its kind.
   *
   * @default - the core group
   */
  readonly apiGroup?: string;

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

/** Props of `IngressClass`. */
export interface IngressClassProps extends ClusterObjectProps {
  /** The controller that serves Ingresses of this class, such as `traefik.io/ingress-controller`. It cannot be changed later. */
  readonly controller: string;

  /**
   * Whether Ingresses without a class have this one. At most one class of a cluster can be that.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Settings for the controller.
   *
   * @default - none
   */
  readonly parameters?: IngressClassParameters;
}

/** A class of Ingresses, served by one controller. */
export class IngressClass extends Construct implements IIngressClass {
  /**
   * Refers to a class that is made elsewhere, usually by the installation of its controller.
   *
   * @param name `metadata.name`
   */
  public static named(name: string): IIngressClass {
    return { name };
  }

  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: IngressClassProps) {
    super(scope, id);
    const { controller, isDefault, parameters } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: props.name ?? id,
        labels: props.labels,
        annotations: { ...props.annotations, ...(isDefault && { [DEFAULT_CLASS_ANNOTATION]: 'true' }) },
      },
      spec: {
        controller,
        parameters: parameters && {
          apiGroup: parameters.apiGroup,
          kind: parameters.kind,
          name: parameters.name,
          namespace: parameters.namespace,
          scope: parameters.namespace === undefined ? 'Cluster' : 'Namespace',
        },
      },
    });
    registerObject({ construct: this, instantiated: new.target, fields: INGRESS_CLASS_FIELDS });
  }

  public get name(): string {
    return this.apiObject.name;
  }
}
