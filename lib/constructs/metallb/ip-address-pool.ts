import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { findOverlaps } from '../../address';
import { labelProblems, metadataProblems } from '../objects/object-name';
import { integerProblems, readAddresses, repeated, type ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_METALLB_OBJECT } from '../objects/object-rules';

/** Props of `IpAddressPool`. */
export interface IpAddressPoolProps extends NamespacedObjectProps {
  /** The addresses: CIDRs, or `first-last`. For Services with both families, one pool has addresses of both. */
  readonly addresses: string[];
  /**
   * Whether Services get addresses without asking for the pool.
   *
   * @default true
   */
  readonly autoAssign?: boolean;
  /**
   * Whether addresses that end in .0 or .255 are left out.
   *
   * @default false
   */
  readonly avoidBuggyIps?: boolean;
  /**
   * The namespaces whose Services may use the pool.
   *
   * @default - all
   */
  readonly serviceNamespaces?: string[];
  /**
   * The labels of the Services that may use the pool.
   *
   * @default - all Services
   */
  readonly serviceLabels?: { [key: string]: string };
  /**
   * Which of several pools a Service gets an address from: the one with the lowest number.
   *
   * @default - after all pools that have one
   */
  readonly priority?: number;
}

/** A MetalLB IPAddressPool (`metallb.io/v1beta1`). It has to be in the namespace of MetalLB. */
export class IpAddressPool extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: IpAddressPoolProps) {
    super(scope, id);
    const { addresses, autoAssign, avoidBuggyIps } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        addresses: [...addresses],
        autoAssign,
        avoidBuggyIPs: avoidBuggyIps,
        serviceAllocation: allocationOf(props),
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_METALLB_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...poolProblems(props),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function allocationOf({ serviceNamespaces, serviceLabels, priority }: IpAddressPoolProps): object | undefined {
  if (serviceNamespaces === undefined && serviceLabels === undefined && priority === undefined) return undefined;
  return {
    priority,
    namespaces: serviceNamespaces?.length ? [...serviceNamespaces] : undefined,
    serviceSelectors: serviceLabels && [{ matchLabels: serviceLabels }],
  };
}

/** metallb/metallb, internal/config: parseCIDR, validatePools. */
function poolProblems({
  addresses,
  serviceNamespaces = [],
  serviceLabels = {},
  priority,
}: IpAddressPoolProps): ObjectProblem[] {
  const readings = addresses.map((text, index) => ({ text, ...readAddresses(`addresses[${index}]`, text) }));
  const ranges = readings.flatMap(({ text, value }) => (value === undefined ? [] : [{ text, range: value }]));
  return [
    ...readings.flatMap(({ problems }) => problems),
    ...(addresses.length > 0 ? [] : [{ message: 'addresses is empty', help: 'give the CIDRs of the pool' }]),
    ...[...findOverlaps(ranges, ({ range }) => range)].map(({ a, b }) => ({
      message: `${a.text} and ${b.text} of one pool overlap`,
      help: 'list each address once',
    })),
    ...repeated(serviceNamespaces).map((namespace) => ({
      message: `the namespace ${namespace} stands twice in serviceNamespaces`,
      help: 'name it once',
    })),
    ...labelProblems('service label', serviceLabels),
    ...(priority === undefined ? [] : integerProblems('priority', priority, 0, 2 ** 31 - 1)),
  ];
}
