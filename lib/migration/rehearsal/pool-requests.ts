import { at, list, member, text, textMap } from '../../model';
import type { RuledProblem } from '../../finding/problem';
import { REHEARSAL_NODE } from '../rules';
import { isIn } from './addresses';
import type { Cluster, PoolRequest } from './cluster';
import { jsonOf } from './workbench';

/** Calico Documentation, "Use a specific IP address with a pod", "Restrict a pod to use an IP address in a specific range". */
const POOLS = ['cni.projectcalico.org/ipv4pools', 'cni.projectcalico.org/ipv6pools'];
const ADDRESSES = 'cni.projectcalico.org/ipAddrs';

/** Where annotations for pods stand, by kind: a Namespace speaks for all of its pods. */
const ANNOTATED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Namespace', ['metadata', 'annotations']],
  ['Pod', ['metadata', 'annotations']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations']],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].map(
    (kind) => [kind, ['spec', 'template', 'metadata', 'annotations']] as const,
  ),
]);

/** Who asks Calico for a pool or an address; of those that ask for the same, one. */
export function readPoolRequests(objects: readonly unknown[]): PoolRequest[] {
  const found = new Map<string, PoolRequest>();
  for (const object of objects) {
    const kind = text(member(object, 'kind')) ?? '';
    const path = ANNOTATED.get(kind);
    if (path === undefined) continue;
    const annotations = textMap(at(object, ...path));
    for (const [annotation, value] of annotations) {
      const isPool = POOLS.includes(annotation);
      if (!isPool && annotation !== ADDRESSES) continue;
      const asked = list(jsonOf(value)).filter((entry) => typeof entry === 'string');
      if (asked.length === 0) continue;
      const namespace = text(at(object, 'metadata', 'namespace'));
      const name = text(at(object, 'metadata', 'name')) ?? '';
      const who = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
      const key = `${annotation} ${value}`;
      const known = found.get(key);
      if (known === undefined || who < known.who) found.set(key, { who, asked, asksFor: isPool ? 'pool' : 'address' });
    }
  }
  return [...found.values()].sort((a, b) => (a.who < b.who ? -1 : 1));
}

/**
 * A pod gets an address of enabled pools alone, whatever it asks for, and its sandbox is not made without one (Calico
 * libcalico-go/lib/ipam/ipam.go, determinePools and AssignIP; cni-plugin/pkg/ipamplugin).
 */
export function requestProblems({ networkPlugin, poolRequests = [], pools }: Cluster): RuledProblem[] {
  if (networkPlugin !== 'calico') return [];
  const enabled = pools.filter(({ disabled }) => !disabled);
  return poolRequests.flatMap(({ who, asked, asksFor }) => {
    const missing =
      asksFor === 'pool'
        ? enabled.some(({ name, cidr }) => asked.includes(name) || asked.includes(cidr))
          ? []
          : asked
        : asked.filter((address) => !enabled.some(({ cidr }) => isIn([cidr], address)));
    if (missing.length === 0) return [];
    return [
      {
        rule: REHEARSAL_NODE,
        message: `${who} asks for the ${asksFor} ${missing.join(', ')}, and no enabled pool ${asksFor === 'pool' ? 'is that' : 'has it'}: pods that are made anew do not start`,
        help: 'change the annotation before the old pool is disabled',
      },
    ];
  });
}
