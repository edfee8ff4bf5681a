import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { GATEWAY_API_GROUP } from '../../model';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import type { FieldMap } from '../../synth';

/** Which props of a ReferenceGrant write which fields. */
const REFERENCE_GRANT_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.from': 'from',
    'spec.from[]': 'from[]',
    'spec.from[].group': 'from[].group',
    'spec.from[].kind': 'from[].kind',
    'spec.from[].namespace': 'from[].namespace',
    'spec.to': 'to',
    'spec.to[]': 'to[]',
    'spec.to[].group': 'to[].group',
    'spec.to[].kind': 'to[].kind',
    'spec.to[].name': 'to[].name',
  },
  help: METADATA_HELP,
};

/** Objects that may refer to others. */
export interface ReferenceGrantFrom {
  /** @default 'gateway.networking.k8s.io' */
  readonly group?: string;

  /** Their kind, such as `HTTPRoute` or `Gateway`. */
  readonly kind: string;

  /** The namespace they are in. */
  readonly namespace: string;
}

/** Objects that may be referred to. */
export interface ReferenceGrantTo {
  /**
   * The API group of their kind.
   *
   * @default - the core group
   */
  readonly group?: string;

  /** Their kind, such as `Service` or `Secret`. */
  readonly kind: string;

  /**
   * The name of one.
   *
   * @default - all objects of this kind in the namespace of the grant
   */
  readonly name?: string;
}

/** Props of `ReferenceGrant`. */
export interface ReferenceGrantProps extends NamespacedObjectProps {
  /** Who may refer, at least one and at most 16. */
  readonly from: ReferenceGrantFrom[];

  /** What may be referred to, at least one and at most 16. */
  readonly to: ReferenceGrantTo[];
}

/** Lets objects of other namespaces refer to objects of its own: each of `from` to each of `to`. */
export class ReferenceGrant extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      // v1 is of Gateway API 1.5; every release up to now serves this one, and stores it.
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        from: props.from.map(({ group = GATEWAY_API_GROUP, kind, namespace }) => ({ group, kind, namespace })),
        to: props.to.map(({ group = '', kind, name }) => ({ group, kind, name })),
      },
    });
    registerObject({ construct: this, instantiated: new.target, fields: REFERENCE_GRANT_FIELDS });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** The namespace that grants. */
  public get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }
}
