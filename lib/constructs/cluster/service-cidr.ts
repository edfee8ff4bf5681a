import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { formatCidr } from '../../address';
import { writtenApiVersion } from '../../plan';
import { Cluster } from './cluster';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { metadataProblems } from '../objects/object-name';
import { type ObjectProblem, readCidr, repeated, shown } from '../objects/object-problem';
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
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...nameProblems(this.name),
        ...rangeProblems(this.cidrs, cluster),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** The API server makes this one of its own arguments (KEP-1880). */
function nameProblems(name: string): ObjectProblem[] {
  if (name !== 'kubernetes') return [];
  return [
    {
      message: 'the ServiceCIDR kubernetes belongs to the API server, which makes it of its service-cluster-ip-range',
      help: 'use another name',
    },
  ];
}

function rangeProblems(cidrs: readonly string[], cluster: Cluster | undefined): ObjectProblem[] {
  if (cluster === undefined) {
    return [{ message: 'it stands in no cluster', help: 'put its chart under a Cluster: new Chart(cluster, …)' }];
  }
  if (cidrs.length === 0) {
    return [{ message: 'it has no range', help: `give cluster ${cluster.name} extraServiceCidrs` }];
  }
  const read = cidrs.map((text, index) => ({ text, ...readCidr(`cidrs[${index}]`, text) }));
  const families = read.flatMap(({ value }) => value?.family ?? []);
  return [
    ...read.flatMap(({ problems }) => problems),
    ...read.flatMap(({ text, value }) => {
      const canonical = value && formatCidr(value);
      if (canonical === undefined) return [];
      if (canonical !== text) {
        return [{ message: `${shown(text)} is not in canonical form`, help: `write ${canonical}` }];
      }
      return cluster.extraServiceCidrs.includes(canonical)
        ? []
        : [
            {
              message: `${canonical} is not one of the extraServiceCidrs of cluster ${cluster.name}`,
              help: 'add it there, so that the plan keeps everything else out of it',
            },
          ];
    }),
    ...repeated(families).map((family) => ({
      message: `two of its ranges are ${family}, and a ServiceCIDR has one range of each family`,
      help: 'make a ServiceCidr of each of them, with `cidrs`',
    })),
  ];
}
