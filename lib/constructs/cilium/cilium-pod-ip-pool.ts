import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IpFamily } from '../../address';
import type { FieldPath } from '../../model';
import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import { readCidr } from '../objects/object-problem';
import { emptyListProblems } from '../objects/prop-problems';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { writtenApiVersion } from '../../plan';
import { ciliumVersionOf, foreignPluginProblems } from '../cluster/network-plugin';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';

/** Props of `CiliumPodIpPool`. */
export interface CiliumPodIpPoolProps extends ClusterObjectProps {
  /** The addresses, as CIDRs of one or both families. None that is in use may be removed later. */
  readonly cidrs: string[];
  /** Prefix length of what a node gets at once, by family: `{ IPv4: 27 }`. It cannot be changed later. */
  readonly maskSize: { [family: string]: number };
}

/** Which props of a CiliumPodIPPool write which fields. */
const POD_POOL_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.ipv4': 'cidrs',
    'spec.ipv4.cidrs[]': 'cidrs[]',
    'spec.ipv4.maskSize': 'maskSize.IPv4',
    'spec.ipv6': 'cidrs',
    'spec.ipv6.cidrs[]': 'cidrs[]',
    'spec.ipv6.maskSize': 'maskSize.IPv6',
  },
  subjects: { 'spec.ipv4.cidrs[]': 'ipv4 range of the pool', 'spec.ipv6.cidrs[]': 'ipv6 range of the pool' },
  help: METADATA_HELP,
};

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
    const entries = cidrs.map((cidr, index) => ({ cidr, index, family: familyOf(cidr) }));
    const places = (family: IpFamily): readonly number[] =>
      entries.filter((entry) => entry.family === family).map(({ index }) => index);
    const ofFamily = (family: IpFamily): object | undefined => {
      const own = places(family).map((index) => cidrs[index]);
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
      fields: { ...POD_POOL_FIELDS, placeInProps: (field) => placeInProps(field, places) },
      problems: () => [
        ...emptyListProblems('cidrs', cidrs, { help: 'give the addresses of the pool' }),
        ...foreignPluginProblems(this, 'Cilium', 'CiliumPodIPPool'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** What is no CIDR is put where its author may have meant it to be: the rules say what is wrong with it. */
function familyOf(text: string): IpFamily {
  return readCidr('cidr', text).value?.family ?? (text.includes(':') ? 'IPv6' : 'IPv4');
}

/** The ranges of a family, back into the one list of the props. */
function placeInProps(field: FieldPath, places: (family: IpFamily) => readonly number[]): FieldPath {
  const [spec, family, list, index, ...rest] = field;
  if (list !== 'cidrs' || typeof index !== 'number') return field;
  return [spec, family, list, places(family === 'ipv6' ? 'IPv6' : 'IPv4')[index], ...rest];
}
