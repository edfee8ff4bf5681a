import { type Finding, objectText, type Origin } from '../../finding/finding';
import type { RuledProblem } from '../../finding/problem';
import {
  type ClusterFacts,
  DNS_PORT,
  flatMap,
  KUBEADM_DNS,
  NAMESPACE_NAME_LABEL,
  networkModel,
  type NetworkModel,
  type SourceObject,
} from '../../model';
import { CLUSTER_DNS, EXPECTATION_OF_NOBODY, EXPECTATION_UNDECIDED, expectationFindings } from '../../reach';
import { REHEARSAL_CHECK } from '../rules';
import type { Step } from '../runbook';

/** A pod that a runbook makes to look with, where `kubectl run` makes it. */
export interface LookPod {
  readonly namespace: string;
  readonly name: string;
}

/** The pods in which the step asks the DNS. */
export function lookPods({ commands }: Step): LookPod[] {
  return commands.flatMap((line) => {
    const match = /^kubectl (?:-n (\S+) )?exec (\S+) .*\bnslookup\b/.exec(line);
    if (match === null) return [];
    const [, namespace, name] = match as unknown as [string, string | undefined, string];
    return [{ namespace: namespace ?? 'default', name }];
  });
}

/**
 * The policies of the cluster that keep the pod from the DNS, so that a look with it fails whatever the migration did: those of its own namespace,
 * those of all namespaces, and those before the DNS.
 */
export function lookPodProblems(
  objects: readonly SourceObject[],
  facts: ClusterFacts,
  pod: LookPod,
  title: string,
): RuledProblem[] {
  const given = [...objects, ...objectsOf(pod, objects)];
  const found = askDns(networkModel(given, facts), pod);
  if (!found.some(({ code }) => code === EXPECTATION_OF_NOBODY.code)) return found.map((one) => problemOf(one, title));
  // Nothing says where the DNS is: as kubeadm has it, and then nothing is certain.
  return askDns(networkModel([...given, DNS_POD], facts), pod)
    .filter(({ code }) => code !== EXPECTATION_OF_NOBODY.code)
    .map((one) => problemOf({ ...one, severity: 'warning' }, title));
}

const NOWHERE: Origin = { file: null, line: null, column: null, construct: null };

function source(manifest: object): SourceObject {
  return { manifest, locate: () => NOWHERE };
}

const container = { name: 'c', image: 'c' };

const DNS_POD = source({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: KUBEADM_DNS.namespace, name: 'coredns', labels: KUBEADM_DNS.podLabels },
  spec: { containers: [{ ...container, ports: [{ containerPort: DNS_PORT, protocol: 'UDP' }] }] },
});

/** `kubectl run` labels its pod with its name, and a new namespace has the label that each has. */
function objectsOf({ namespace, name }: LookPod, objects: readonly SourceObject[]): SourceObject[] {
  const isThere = networkModel(objects, {}).objects.some(
    ({ ref }) => ref.kind === 'Namespace' && ref.name === namespace,
  );
  return [
    ...(isThere
      ? []
      : [
          source({
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: { name: namespace, labels: { [NAMESPACE_NAME_LABEL]: namespace } },
          }),
        ]),
    source({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels: { run: name } },
      spec: { containers: [container] },
    }),
  ];
}

function askDns(model: NetworkModel, { namespace, name }: LookPod): readonly Finding[] {
  const { dns } = model.facts;
  // A policy sees the port of the pods, and that of what is no pod to it.
  const ports = dns === undefined || dns.addresses.length > 0 ? [] : flatMap(dns.pods, (pods) => pods.ports);
  return expectationFindings(
    model,
    [...new Set(ports.length === 0 ? [DNS_PORT] : ports)].map((port) => ({
      expectation: {
        kind: 'reach',
        from: { kind: 'Pod', namespace, name },
        to: { text: CLUSTER_DNS },
        port: { protocol: 'UDP', port },
      },
      origin: NOWHERE,
    })),
  );
}

function problemOf({ code, severity, related, help }: Finding, title: string): RuledProblem {
  const policies = [...new Set(related.map(({ object }) => objectText(object)))].join(', ');
  const mayBe = code === EXPECTATION_UNDECIDED.code;
  return {
    rule: { ...REHEARSAL_CHECK, severity: mayBe ? 'warning' : severity },
    message: mayBe
      ? `"${title}" may fail on a healthy cluster: whether its pod reaches the DNS is decided by ${policies || 'addresses that are not known'}`
      : `"${title}" fails on a healthy cluster: its pod does not reach the DNS, because of ${policies}`,
    help: mayBe
      ? 'let these policies allow the pod its lookups as long as the migration takes, or look from a pod that may'
      : `${help}; or look from a pod that may ask the DNS`,
  };
}
