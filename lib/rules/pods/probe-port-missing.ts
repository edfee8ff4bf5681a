import { at, below, flatMap, list, member, nonEmpty, record } from '../../model';
import { isNoList, isNoMapping, isNoText, isSet, shown } from '../field-problem';
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
  title: 'A probe has no port, or names one that its container does not have',
  layer: 'object',
  check(model, report) {
    for (const pod of podSpecs(model)) {
      for (const { value, path } of pod.containers) {
        const ports = member(value, 'ports');
        const names = flatMap(list(ports), (port) => nonEmpty(member(port, 'name')) ?? []);
        // Whoever reports a port that cannot be read knows no better what it is called.
        const areRead = !isNoList(ports) && list(ports).every(hasReadableName);
        for (const probe of PROBES) {
          for (const action of ['httpGet', 'tcpSocket', 'grpc']) {
            const written = at(value, ...probe, action);
            if (record(written) === undefined) continue;
            const port = member(written, 'port');
            // gRPC takes numbers alone.
            const name = action === 'grpc' ? undefined : nonEmpty(port);
            if (name === undefined && !isPortNumber(port)) {
              report({
                on: pod.object,
                field: [...path, ...probe, action],
                message: isSet(port) ? `the port is ${shown(port)}` : `${action} has no port`,
                help:
                  action === 'grpc'
                    ? 'write a number from 1 to 65535'
                    : 'write a number from 1 to 65535, or the name of a port of the container',
              });
            }
            if (name === undefined || names.includes(name) || !areRead) continue;
            const quoted = /^[0-9]+$/.test(name);
            report({
              on: pod.object,
              field: below(path, ...probe, action, 'port'),
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

function hasReadableName(port: unknown): boolean {
  return !isNoMapping(port) && !isNoText(member(port, 'name'));
}

function isPortNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}
