import { at, list, member, nonEmpty } from '../../model';
import { shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from './pod-specs';

const PROBES = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

/** The kubelet looks a name up among the ports of the same container, and takes the probe for failed when it is not there (pkg/probe, ResolveContainerPort). */
export const probePortMissing: NetworkRule = {
  code: 'NL535',
  slug: 'probe-port-missing',
  severity: 'error',
  title: 'A probe names a port that its container does not have',
  layer: 'object',
  check(model, report) {
    for (const pod of podSpecs(model)) {
      for (const { value, path } of pod.containers) {
        const names = list(member(value, 'ports')).flatMap((port) => nonEmpty(member(port, 'name')) ?? []);
        for (const probe of PROBES) {
          for (const action of ['httpGet', 'tcpSocket']) {
            const name = nonEmpty(at(value, ...probe, action, 'port'));
            if (name === undefined || names.includes(name)) continue;
            const quoted = /^[0-9]+$/.test(name);
            report({
              on: pod.object,
              field: [...path, ...probe, action, 'port'],
              message: `the container has no port named ${shown(name)}`,
              help: quoted
                ? 'write the number without quotes: a text is the name of a port'
                : names.length === 0
                  ? 'name the port in the ports of the container, or write its number'
                  : `it has ${names.join(', ')}`,
            });
          }
        }
      }
    }
  },
};
