import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { formatCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { writtenApiVersion } from '../../plan';
import { Cluster } from './cluster';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';
import { readCidr } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { UNPLANNED_SERVICE_CIDR } from '../objects/object-rules';

/** Props of `ServiceCidr`. */
export interface ServiceCidrProps extends ClusterObjectProps {
  /**
   * One CIDR, or one of each family, out of the `extraServiceCidrs` of the cluster. They cannot be changed later.
   * @default - the extraServiceCidrs of the cluster
   */
  readonly cidrs?: string[];
}

/** Which props of a ServiceCIDR write which fields. */
const SERVICE_CIDR_FIELDS: FieldMap = {
  props: { ...METADATA_PROPS, spec: 'cidrs', 'spec.cidrs': 'cidrs', 'spec.cidrs[]': 'cidrs[]' },
  subjects: { 'spec.cidrs[]': 'the CIDR' },
  help: {
    ...METADATA_HELP,
    'NL242 spec': 'give the cluster extraServiceCidrs, or cidrs',
  },
};

/**
 * A ServiceCIDR (`networking.k8s.io/v1`, Kubernetes 1.33 and later): more addresses for Services when the service CIDR is full.
 *
 * The range stands in the `extraServiceCidrs` of the cluster, so that nothing else is placed there.
 */
export class ServiceCidr extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  /** Its ranges. */
  public readonly cidrs: string[];

  constructor(scope: Construct, id: string, props: ServiceCidrProps = {}) {
    super(scope, id);
    const cluster = Cluster.of(this);
    this.cidrs = [...(props.cidrs ?? cluster?.extraServiceCidrs ?? [])];
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: writtenApiVersion('ServiceCIDR', null),
      kind: 'ServiceCIDR',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: { cidrs: this.cidrs },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: UNPLANNED_SERVICE_CIDR,
      fields: SERVICE_CIDR_FIELDS,
      problems: () => planProblems(this.cidrs, cluster),
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** The API server makes this one of its own arguments (KEP-1880). */
/** Ranges that cannot be read are for the rules. */
function planProblems(cidrs: readonly string[], cluster: Cluster | undefined): Problem[] {
  if (cluster === undefined) {
    return [{ message: 'it is not in a cluster', help: 'put its chart under a Cluster: new Chart(cluster, …)' }];
  }
  return cidrs.flatMap((text, index) => {
    const { value } = readCidr(`cidrs[${index}]`, text);
    const canonical = value && formatCidr(value);
    if (canonical === undefined || cluster.extraServiceCidrs.includes(canonical)) return [];
    return [
      {
        message: `${canonical} is not one of the extraServiceCidrs of cluster ${cluster.name}`,
        help: 'add it there, so that the plan keeps everything else out of it',
      },
    ];
  });
}
