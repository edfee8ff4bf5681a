import type { Problem } from '../../finding/problem';
import { at, concat, flatMap, member, type ModelObject, nonEmpty, text } from '../../model';
import { cidrProblem, maskedText } from '../address-problem';
import { isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const BACKENDS = ['alloc', 'extension', 'host-gw', 'ipip', 'ipsec', 'tencent-vpc', 'udp', 'vxlan', 'wireguard'];
const DUAL_STACK_BACKENDS = ['host-gw', 'vxlan', 'wireguard'];

/**
 * flannel-io/flannel: pkg/subnet/config.go `ParseConfig` and `parseBackendType`, pkg/ip `UnmarshalJSON` of a network,
 * pkg/backend/manager.go `GetBackend`, pkg/subnet/kube/kube.go. `CheckNetworkConfig` (a /28 at the least) is asked with etcd alone.
 */
export const flannelNetworkInvalid: NetworkRule = {
  code: 'NL638',
  slug: 'flannel-network-invalid',
  severity: 'error',
  layer: 'object',
  title: 'The network configuration of Flannel is not what it should be',
  check(model, report) {
    const broken = new Set(model.ofKind('ConfigMap').filter(isBroken));
    for (const object of broken) {
      report({
        on: object,
        field: ['data', FILE],
        message: `${FILE} is not JSON, and Flannel does not start`,
        help: 'JSON has no comments, no comma after the last item, and names and texts in double quotes',
      });
    }
    for (const { kind, object, value, fieldOf } of model.configs) {
      if (kind !== 'FlannelNetwork' || broken.has(object)) continue;
      const networks = concat(
        member(value, 'EnableIPv4') === false ? [] : ['Network'],
        member(value, 'EnableIPv6') === true ? ['IPv6Network'] : [],
      );
      for (const key of networks) {
        const network = member(value, key);
        const problem = network === undefined ? MISSING : cidrProblem(network);
        if (problem === undefined) continue;
        const masked = maskedText(network);
        report({
          on: object,
          field: fieldOf([key]),
          ...(masked === undefined
            ? { message: `${key}: ${problem.message}`, help: MISSING.help }
            : {
                severity: 'warning',
                message: `${key}: ${problem.message}, and Flannel reads ${masked}`,
                help: `write ${masked}, if that is meant`,
              }),
        });
      }
      for (const { field = [], ...problem } of backendProblems(value)) {
        report({ on: object, field: fieldOf(field), ...problem });
      }
      const written = nonEmpty(text(member(member(value, 'Backend'), 'Type')));
      // Flannel reads the type in any case (pkg/backend: GetBackend).
      const backend = written?.toLowerCase();
      const warn = (message: string, help: string): void => {
        report({ on: object, field: fieldOf(['Backend', 'Type']), severity: 'warning', message, help });
      };
      if (!isSet(member(value, 'Backend'))) {
        warn(
          'there is no Backend: Flannel then uses udp, which is for debugging only',
          'set Backend.Type, usually to vxlan',
        );
      } else if (backend === undefined) {
        report({
          on: object,
          field: fieldOf(['Backend']),
          message: 'Backend has no Type, and Flannel does not start ("unknown backend type")',
          help: 'set Backend.Type, usually to vxlan',
        });
      } else if (!BACKENDS.includes(backend)) {
        report({
          on: object,
          field: fieldOf(['Backend', 'Type']),
          message: `Backend.Type ${JSON.stringify(written)} is none that Flannel has`,
          help: `use one of ${BACKENDS.join(', ')}`,
        });
      } else if (backend === 'ipip' && networks.join() === 'IPv6Network') {
        warn(
          'Backend.Type ipip carries IPv4 only, and the network is IPv6',
          `use one of ${DUAL_STACK_BACKENDS.join(', ')}`,
        );
      } else if (networks.length === 2 && !DUAL_STACK_BACKENDS.includes(backend)) {
        warn(
          `Backend.Type ${backend} carries one family, and the network has two`,
          `use one of ${DUAL_STACK_BACKENDS.join(', ')}`,
        );
      }
    }
  },
};

const FILE = 'net-conf.json';

/** What is read elsewhere as YAML, of which JSON is a part, Flannel reads as JSON. */
function isBroken({ manifest }: ModelObject): boolean {
  const content = nonEmpty(at(manifest, 'data', FILE));
  if (content === undefined) return false;
  try {
    JSON.parse(content);
    return false;
  } catch {
    return true;
  }
}

const MISSING = { message: 'there is none', help: 'give the cluster CIDR, such as 10.244.0.0/16' };

const LARGEST_VNI = 2 ** 24 - 1;

/** RFC 7348: a VNI has 24 bits. */
function backendProblems(value: unknown): readonly Problem[] {
  const backend = member(value, 'Backend');
  const numbers: readonly (readonly [string, number])[] = [
    ['VNI', LARGEST_VNI],
    ['Port', 65535],
    ['ListenPort', 65535],
  ];
  return flatMap(numbers, ([key, most]): readonly Problem[] => {
    const number = member(backend, key);
    if (!isSet(number) || (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= most)) {
      return [];
    }
    return [
      {
        field: ['Backend', key],
        message: `Backend.${key} is ${shown(number)}, which is not a whole number from 0 to ${most}`,
        help: `set it to a whole number up to ${most}, or leave it out`,
      },
    ];
  });
}
