import { member, nonEmpty, text } from '../../model';
import { cidrProblem } from '../address-problem';
import type { NetworkRule } from '../network-rule';

const BACKENDS = ['alloc', 'extension', 'host-gw', 'ipip', 'ipsec', 'tencent-vpc', 'udp', 'vxlan', 'wireguard'];
const DUAL_STACK_BACKENDS = ['host-gw', 'vxlan', 'wireguard'];

/** flannel-io/flannel, pkg/subnet: `ParseConfig`, and `parseBackendType`, whose answer to an absent type is udp. */
export const flannelNetworkInvalid: NetworkRule = {
  code: 'NL638',
  slug: 'flannel-network-invalid',
  severity: 'error',
  layer: 'object',
  title: 'The network configuration of Flannel is not what it should be',
  check(model, report) {
    for (const { kind, object, value, fieldOf } of model.configs) {
      if (kind !== 'FlannelNetwork') continue;
      const networks = [
        ...(member(value, 'EnableIPv4') === false ? [] : ['Network']),
        ...(member(value, 'EnableIPv6') === true ? ['IPv6Network'] : []),
      ];
      for (const key of networks) {
        const network = member(value, key);
        const problem = network === undefined ? MISSING : cidrProblem(network);
        if (problem === undefined) continue;
        report({ on: object, field: fieldOf([key]), message: `${key}: ${problem.reason}`, help: problem.help });
      }
      const backend = nonEmpty(text(member(member(value, 'Backend'), 'Type')));
      const warn = (message: string, help: string): void => {
        report({ on: object, field: fieldOf(['Backend', 'Type']), severity: 'warning', message, help });
      };
      if (backend === undefined) {
        warn(
          'no Backend.Type: Flannel then uses udp, which is for debugging only',
          'set Backend.Type, usually to vxlan',
        );
      } else if (!BACKENDS.includes(backend)) {
        warn(`Backend.Type ${JSON.stringify(backend)} is none that Flannel has`, `use one of ${BACKENDS.join(', ')}`);
      } else if (networks.length === 2 && !DUAL_STACK_BACKENDS.includes(backend)) {
        warn(
          `Backend.Type ${backend} carries one family, and the network has two`,
          `use one of ${DUAL_STACK_BACKENDS.join(', ')}`,
        );
      }
    }
  },
};

const MISSING = { reason: 'there is none', help: 'give the cluster CIDR, such as 10.244.0.0/16' };
