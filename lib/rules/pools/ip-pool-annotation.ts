import { type Cidr, cidrContains, formatCidr } from '../../address';
import type { Severity } from '../../finding/finding';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  type IpPool,
  type ModelObject,
  type NetworkModel,
  readCidr,
  textMap,
} from '../../model';
import type { NetworkRule, Report } from '../network-rule';
import { jsonTexts, podAnnotations } from './pod-annotations';

/**
 * "the given pool (…) does not exist, or is not enabled": the pod then gets no address. The annotation is a JSON list of names or
 * CIDRs of pools, on a pod or on its namespace (Calico CNI plugin, `cni.projectcalico.org/ipv4pools`).
 */
export const ipPoolAnnotation: NetworkRule = {
  code: 'NL607',
  slug: 'ip-pool-annotation',
  severity: 'error',
  title: 'An annotation names a pool that cannot give addresses',
  check(model, report) {
    reportCiliumPools(model, report);
    const byName = new Map(
      flatMap(
        model.ipPools,
        (pool) =>
          [
            [pool.name, pool],
            [formatCidr(pool.cidr), pool],
          ] as const,
      ),
    );
    for (const { object, path, annotations } of annotated(model)) {
      for (const [name, family] of FAMILIES) {
        const value = annotations.get(name);
        if (value === undefined) continue;
        const names = jsonTexts(value);
        if (names === undefined) {
          report({
            on: object,
            field: below(path, name),
            message: `${name} is no JSON list of texts`,
            help: 'write the names of pools as ["pool-a"], in quotes as a whole',
          });
          continue;
        }
        for (const wanted of names) {
          const cidr = readCidr(wanted);
          const pool = byName.get(cidr === undefined ? wanted : formatCidr(cidr));
          const problem =
            (pool === undefined && cidr !== undefined ? partOfPool(cidr, model) : undefined) ??
            problemOf(pool, family, model);
          if (problem === undefined) continue;
          report({
            on: object,
            field: below(path, name),
            message: `${name} names the pool ${JSON.stringify(wanted)}, ${problem.why}`,
            severity: problem.severity,
            ...(problem.pool && {
              related: [{ on: problem.pool.object, field: problem.pool.path, message: 'the pool' }],
            }),
            help: problem.help,
          });
        }
      }
    }
  },
};

function reportCiliumPools(model: NetworkModel, report: Report): void {
  const pools = new Set(model.ofKind('CiliumPodIPPool').map(({ ref }) => ref.name));
  if (pools.size === 0) return;
  for (const { object, path, annotations } of annotated(model)) {
    const wanted = annotations.get(CILIUM_POOL);
    // The operator makes the default pool itself.
    if (wanted === undefined || wanted === 'default' || pools.has(wanted)) continue;
    report({
      on: object,
      field: [...path, CILIUM_POOL],
      severity: 'warning',
      message: `${CILIUM_POOL} names the pool ${JSON.stringify(wanted)}, which is not among the pools here`,
      help: `pods that name a pool that does not exist get no address; there are ${[...pools].slice(0, 5).join(', ')}${pools.size > 5 ? ', …' : ''}`,
    });
  }
}

/** Multi-pool IPAM of Cilium; on a pod or on its namespace. */
const CILIUM_POOL = 'ipam.cilium.io/ip-pool';

const FAMILIES = [
  ['cni.projectcalico.org/ipv4pools', 'IPv4'],
  ['cni.projectcalico.org/ipv6pools', 'IPv6'],
] as const;

/** Pods, wherever they are described, and namespaces. */
function annotated(
  model: NetworkModel,
): readonly { object: ModelObject; path: FieldPath; annotations: ReadonlyMap<string, string> }[] {
  const path = ['metadata', 'annotations'];
  return concat(
    model.ofKind('Namespace').map((object) => ({ object, path, annotations: textMap(at(object.manifest, ...path)) })),
    model.workloads.map((workload) => ({ object: workload.object, ...podAnnotations(workload) })),
  );
}

interface PoolProblem {
  readonly severity: Severity;
  readonly why: string;
  readonly help: string;
  readonly pool?: IpPool;
}

/** Pools do not overlap, so that a part of one is no pool itself. */
function partOfPool(cidr: Cidr, { ipPools }: NetworkModel): PoolProblem | undefined {
  const pool = ipPools.find((candidate) => !candidate.disabled && cidrContains(candidate.cidr, cidr));
  if (pool === undefined) return undefined;
  return {
    severity: 'error',
    why: `which is a part of the pool ${pool.name} and no pool itself`,
    help: `name ${pool.name} or ${formatCidr(pool.cidr)}: Calico does not take parts of pools`,
    pool,
  };
}

function problemOf(
  pool: IpPool | undefined,
  family: IpPool['cidr']['family'],
  { ipPools }: NetworkModel,
): PoolProblem | undefined {
  if (pool === undefined) {
    // Without any pool the input says nothing about pools.
    if (ipPools.length === 0) return undefined;
    const known = ipPools.slice(0, 5).map(({ name }) => name);
    return {
      severity: 'warning',
      why: 'which is not among the pools here',
      help: `pods that name a pool that does not exist get no address; there are ${known.join(', ')}${ipPools.length > 5 ? ', …' : ''}`,
    };
  }
  if (pool.disabled) {
    const help = 'its pods get no address: name another pool, or enable this one';
    return { severity: 'error', why: 'which is disabled', help, pool };
  }
  if (pool.cidr.family !== family) {
    return {
      severity: 'error',
      why: `whose range ${formatCidr(pool.cidr)} is not ${family}`,
      help: `name it in the annotation for ${pool.cidr.family}`,
      pool,
    };
  }
  if (!pool.forWorkloads) {
    const help = 'add Workload to its allowedUses, or name another pool';
    return { severity: 'warning', why: 'which is not for pods', help, pool };
  }
  return undefined;
}
