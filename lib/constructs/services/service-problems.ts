import type { Problem } from '../../finding/problem';
import { readAddress, repeated } from '../objects/object-problem';
import { CONTRADICTING_PROPS, EMPTY_PROP, FOREIGN_NAMESPACE } from '../objects/object-rules';
import { zeroProblems } from '../objects/prop-problems';
import type { LabelledPods } from '../pods/pods';
import type { PodServicePort } from './service-port';
import type { OpenPort } from './service-ports';

/** What choosing the pods of a Service comes to: a selector chooses pods of its own namespace only. */
export function servicePodsProblems(pods: LabelledPods, namespace: string): readonly Problem[] {
  const { _namespace: podNamespace } = pods;
  const { problems } = pods._labelSelection();
  if (podNamespace === undefined || podNamespace === namespace) return problems;
  return [
    {
      rule: FOREIGN_NAMESPACE,
      message: `the pods are in namespace ${podNamespace}, and the Service is in ${namespace}: it selects pods of its own namespace only`,
      help: `set namespace: '${podNamespace}', or move the workload`,
    },
    ...problems,
  ];
}

export function podPortsProblems(ports: readonly PodServicePort[]): readonly Problem[] {
  return ports.flatMap(({ targetPort }, index) => zeroProblems(`ports[${index}].targetPort`, targetPort?._value));
}

export function openPortsProblems(ports: readonly OpenPort[]): readonly Problem[] {
  return [
    ...podPortsProblems(ports.map(({ port }) => port)),
    ...ports.flatMap(({ nodePort }, index) => zeroProblems(`ports[${index}].nodePort`, nodePort)),
  ];
}

/** `fixed()` of no address is `dynamic()` in the manifest. */
export function fixedAddressesProblems(prop: string, ips: readonly string[] | undefined): readonly Problem[] {
  if (ips?.length !== 0) return [];
  return [{ rule: EMPTY_PROP, message: `${prop} fixes no address`, help: 'give one address, or one of each family' }];
}

/** Of several addresses of a family the manifest holds only the first, or says of none whose it is. */
export function onePerFamilyProblems(prop: string, ips: readonly string[]): readonly Problem[] {
  const families = ips.flatMap((ip) => readAddress(prop, ip).value?.family ?? []);
  return repeated(families).map((family) => ({
    rule: CONTRADICTING_PROPS,
    message: `${prop} has several ${family} addresses: ${ips.join(', ')}`,
    help: 'give at most one address of each family',
  }));
}
