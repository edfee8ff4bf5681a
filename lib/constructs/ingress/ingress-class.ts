import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IngressClassObject } from '../objects/cluster-scoped-object';
import { metadataProblems, namespaceProblems } from '../objects/object-name';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { shown, type ObjectProblem } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_INGRESS_CLASS } from '../objects/object-rules';

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
    this.apiObject = new IngressClassObject(this, 'Resource', {
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
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_INGRESS_CLASS,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...controllerProblems(controller),
        ...(parameters?.namespace === undefined ? [] : namespaceProblems('parameters.namespace', parameters.namespace)),
      ],
    });
  }

  public get name(): string {
    return this.apiObject.name;
  }
}

function controllerProblems(controller: string): ObjectProblem[] {
  const [domain = '', ...path] = controller.split('/');
  const hasPath = path.length > 0 && path.every((part) => /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(part));
  if (controller.length <= 250 && isDnsSubdomain(domain) && hasPath) return [];
  return [
    {
      message: `controller ${shown(controller)} is not a path with a domain`,
      help: 'write the name that the controller gives itself, at most 250 characters, such as traefik.io/ingress-controller',
    },
  ];
}
