import { type Cidr, cidrContains, cidrsOverlap, formatCidr, parseCidr } from '../../address';
import { compareText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { readCidr } from '../objects/object-problem';
import { CLUSTER_MESH_IDENTITY } from '../objects/object-rules';
import type { CiliumSettings } from './cilium-settings';

/** A cluster of the mesh. */
export interface MeshMember {
  readonly cluster: string;
  readonly settings: CiliumSettings;
}

const NAME = /^([a-z0-9][-a-z0-9]*)?[a-z0-9]$/;
const LONGEST_NAME = 32;
const USUAL_SIZE = 255;
const SIZES = [USUAL_SIZE, 511];

/** Cilium, ClusterMesh prerequisites; pkg/clustermesh/types. Pairs are reported once, at the later name. */
export function meshProblems(own: MeshMember, members: readonly MeshMember[]): Problem[] {
  const others = members
    .filter(({ cluster }) => compareText(cluster, own.cluster) < 0)
    .sort((a, b) => compareText(a.cluster, b.cluster));
  return [...identityProblems(own), ...others.flatMap((other) => pairProblems(own, other))].map((problem) => ({
    ...problem,
    rule: CLUSTER_MESH_IDENTITY,
  }));
}

function sizeOf({ settings }: MeshMember): number {
  return settings.maxConnectedClusters ?? USUAL_SIZE;
}

function identityProblems(own: MeshMember): Problem[] {
  const { clusterId: id, clusterName: name } = own.settings;
  const size = sizeOf(own);
  return [
    ...(SIZES.includes(size)
      ? []
      : [
          {
            message: `maxConnectedClusters is ${size}, and Cilium takes ${SIZES.join(' or ')}`,
            help: `use ${SIZES.join(' or ')} in all clusters of the mesh`,
          },
        ]),
    ...(Number.isInteger(id) && id >= 1 && id <= size
      ? []
      : [
          {
            message: `the mesh id ${id} is not a whole number from 1 to ${size}`,
            help: 'give each cluster of the mesh a number of its own in that range',
          },
        ]),
    ...(NAME.test(name) && name.length <= LONGEST_NAME && name !== 'default'
      ? []
      : [
          {
            message: `the mesh name ${JSON.stringify(name)} is ${name === 'default' ? 'that of clusters in no mesh' : `no name of at most ${LONGEST_NAME} lower-case letters, digits and hyphens`}`,
            help: 'set mesh.name',
          },
        ]),
  ];
}

function pairProblems(own: MeshMember, other: MeshMember): Problem[] {
  const [a, b] = [own.settings, other.settings];
  const differ = (what: string, mine: string | number, theirs: string | number): Problem[] =>
    mine === theirs
      ? []
      : [
          {
            message: `${what} is ${mine}, and ${theirs} in cluster ${other.cluster} of the same mesh`,
            help: `use the same ${what} in all clusters of the mesh`,
          },
        ];
  return [
    ...(a.clusterId === b.clusterId
      ? [
          {
            message: `the mesh id ${a.clusterId} is also that of cluster ${other.cluster}`,
            help: 'give each cluster of the mesh an id of its own; to change it, all pods have to be restarted',
          },
        ]
      : []),
    ...(a.clusterName === b.clusterName
      ? [
          {
            message: `the mesh name ${a.clusterName} is also that of cluster ${other.cluster}`,
            help: 'give each cluster of the mesh a name of its own',
          },
        ]
      : []),
    ...differ('maxConnectedClusters', sizeOf(own), sizeOf(other)),
    ...differ('routing', a.routing, b.routing),
    ...overlaps(podsOf(own), podsOf(other)).map(([mine, theirs]) => ({
      message: `the pods ${formatCidr(mine)} overlap ${formatCidr(theirs)} of cluster ${other.cluster} of the same mesh`,
      help: 'plan both from the supernets, without `isolated`, or take one out of the mesh',
    })),
    ...Object.values(a.nativeRoutingCidr).flatMap((route) => {
      const missing = podsOf(other).filter((cidr) => !covers(route, cidr));
      return missing.map((cidr) => ({
        message: `nativeRoutingCidr ${route} does not cover the pods ${formatCidr(cidr)} of cluster ${other.cluster} of the same mesh`,
        help: 'leave nativeRoutingCidr out, or give one that covers the pods of all clusters',
      }));
    }),
  ];
}

/** Of another family, nothing has to be covered. */
function covers(route: string, cidr: Cidr): boolean {
  const outer = readCidr('nativeRoutingCidr', route).value;
  return outer?.family !== cidr.family || cidrContains(outer, cidr);
}

function podsOf({ settings }: MeshMember): Cidr[] {
  return settings.podNetwork.map(parseCidr);
}

function overlaps(own: readonly Cidr[], others: readonly Cidr[]): [Cidr, Cidr][] {
  return own.flatMap((mine) =>
    others.flatMap((theirs): [Cidr, Cidr][] => (cidrsOverlap(mine, theirs) ? [[mine, theirs]] : [])),
  );
}
