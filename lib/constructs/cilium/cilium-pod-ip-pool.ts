import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addressBits, IP_FAMILIES, type IpFamily } from '../../address';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { writtenApiVersion } from '../../plan';
import { ciliumVersionOf, foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import { integerProblems, readCidr, type ObjectProblem } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_CILIUM_OBJECT } from '../objects/object-rules';

/** Props of `CiliumPodIpPool`. */
export interface CiliumPodIpPoolProps extends ClusterObjectProps {
  /** The addresses, as CIDRs of one or both families. None that is in use may be removed later. */
  readonly cidrs: string[];
  /** Prefix length of what a node gets at once, by family: `{ IPv4: 27 }`. It cannot be changed later. */
  readonly maskSize: { [family: string]: number };
}

/**
 * A CiliumPodIPPool (`cilium.io/v2alpha1`), for clusters whose IPAM mode is multi-pool. Pods choose it with the annotation
 * `ipam.cilium.io/ip-pool`, theirs or that of their namespace. Pools must not overlap, which Cilium does not check.
 */
export class CiliumPodIpPool extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: CiliumPodIpPoolProps) {
    super(scope, id);
    const { cidrs, maskSize } = props;
    const ofFamily = (family: IpFamily): object | undefined => {
      const own = cidrs.filter((cidr) => readCidr('cidr', cidr).value?.family === family);
      return own.length === 0 ? undefined : { cidrs: own, maskSize: maskSize[family] };
    };
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: writtenApiVersion('CiliumPodIPPool', ciliumVersionOf(this)),
      kind: 'CiliumPodIPPool',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: { ipv4: ofFamily('IPv4'), ipv6: ofFamily('IPv6') },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CILIUM_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...podPoolProblems(props),
        ...foreignPluginProblems(this, 'Cilium', 'CiliumPodIPPool'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function podPoolProblems({ cidrs, maskSize }: CiliumPodIpPoolProps): ObjectProblem[] {
  const readings = cidrs.map((cidr, index) => readCidr(`cidrs[${index}]`, cidr));
  const known = readings.flatMap(({ value }) => value ?? []);
  return [
    ...readings.flatMap(({ problems }) => problems),
    ...(cidrs.length > 0 ? [] : [{ message: 'cidrs is empty', help: 'give the addresses of the pool' }]),
    ...IP_FAMILIES.flatMap((family): ObjectProblem[] => {
      const own = known.filter((cidr) => cidr.family === family);
      if (own.length === 0) return [];
      const size = maskSize[family] as number | undefined;
      if (size === undefined) {
        return [
          {
            message: `the pool has ${family} addresses and no maskSize for them`,
            help: `give maskSize: { ${family}: … }`,
          },
        ];
      }
      return integerProblems(
        `maskSize.${family}`,
        size,
        Math.max(...own.map(({ prefix }) => prefix)),
        addressBits(family) - 2,
      );
    }),
  ];
}
