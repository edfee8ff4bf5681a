import type { Problem } from '../../finding/problem';
import { labelProblems, namespaceProblems } from '../objects/object-name';
import { portProblems, readAddress } from '../objects/object-problem';
import type { ClusterDns } from './cluster-dns';

export function dnsProblems({ addresses = [], namespace, podLabels, ports }: ClusterDns): Problem[] {
  return [
    ...addresses.flatMap((text, index) => readAddress(`dns.addresses[${index}]`, text).problems),
    ...(namespace === undefined ? [] : namespaceProblems('dns.namespace', namespace)),
    ...(podLabels === undefined ? [] : labelProblems('dns pod label', podLabels)),
    ...(podLabels !== undefined && Object.keys(podLabels).length === 0
      ? [
          {
            message: 'dns.podLabels is empty, which would choose every pod',
            help: 'give a label that the DNS pods have',
          },
        ]
      : []),
    ...(ports?.length === 0 ? [{ message: 'dns.ports is empty', help: 'give the ports of the DNS pods' }] : []),
    ...(ports ?? []).flatMap((port, index) => portProblems(`dns.ports[${index}]`, port)),
  ];
}
