import { below, flatMap, integer, list, member, nonEmpty } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from './pod-specs';

/** The containers of a pod share one network: two programs cannot listen on one port (Pod networking; a warning of the API server too). */
export const containerPortTwice: NetworkRule = {
  code: 'NL534',
  slug: 'container-port-twice',
  severity: 'warning',
  title: 'A pod lists the same port and protocol twice',
  layer: 'object',
  check(model, report) {
    for (const pod of podSpecs(model)) {
      const ports = flatMap(
        pod.containers
          // What runs before the others may have had the port; a sidecar keeps it.
          .filter(({ value, path }) => !path.includes('initContainers') || member(value, 'restartPolicy') === 'Always'),
        ({ value, path }) =>
          flatMap(list(member(value, 'ports')), (port, index) => {
            const number = integer(member(port, 'containerPort'));
            const protocol = nonEmpty(member(port, 'protocol')) ?? 'TCP';
            const address = nonEmpty(member(port, 'hostIP')) ?? '';
            const hostPort = integer(member(port, 'hostPort')) ?? 0;
            return number === undefined
              ? []
              : [{ text: `${number}/${protocol}`, address, hostPort, path: below(path, 'ports', index) }];
          }),
      );
      // One port may lead to several ports or addresses of the node.
      const key = ({ text, address, hostPort }: (typeof ports)[number]): string =>
        JSON.stringify([text, address, hostPort]);
      for (const { first, others } of collisions(ports, key)) {
        for (const { text, path } of others) {
          report({
            on: pod.object,
            field: path,
            message: `port ${text} is listed twice in the pod`,
            related: [{ on: pod.object, field: first.path, message: 'first listed here' }],
            help: 'the containers of a pod share one network: list the port once, or let one of them use another',
          });
        }
      }
    }
  },
};
