import { compareText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';

/** Arguments of a component by name, without the hyphens before it. */
export type ComponentArguments = Readonly<Record<string, string>>;

/** Arguments that the plan decides, and the prop of the cluster that decides them. */
const PLANNED: ReadonlyMap<string, string> = new Map([
  ['cluster-cidr', 'nodes or podCidrs'],
  ['service-cluster-ip-range', 'services or serviceCidrs'],
  ['service-node-port-range', 'nodePortRange'],
  ['node-cidr-mask-size', 'podsPerNode or nodeCidrMaskSize'],
  ['node-cidr-mask-size-ipv4', 'podsPerNode or nodeCidrMaskSize'],
  ['node-cidr-mask-size-ipv6', 'podsPerNode or nodeCidrMaskSize'],
  ['cluster-dns', 'services or serviceCidrs'],
  ['cluster-domain', 'clusterDomain'],
  ['max-pods', 'podsPerNode'],
]);

export function argumentProblems(field: string, given: ComponentArguments = {}): Problem[] {
  return sortedArguments(given).flatMap(([name]) => {
    const prop = PLANNED.get(name);
    if (prop !== undefined) {
      return [
        {
          message: `${field} sets ${name}, which is written from the plan`,
          help: `leave it out, and give the cluster ${prop}`,
        },
      ];
    }
    if (/^[a-z][a-z0-9-]*$/.test(name)) return [];
    return [
      {
        message: `${field} has ${JSON.stringify(name)}, which is not the name of an argument`,
        help: 'write the name without hyphens before it and without value: {"audit-log-path": "/var/log/audit.log"}',
      },
    ];
  });
}

export function sortedArguments(given: ComponentArguments): [string, string][] {
  return Object.entries(given).sort(([a], [b]) => compareText(a, b));
}
