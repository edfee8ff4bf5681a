import type { Problem } from '../../finding/problem';
import { at, below, member, type NetworkModel, nonEmpty, type StatefulSet, type Workload } from '../../model';
import { clusterZone } from './external-name-targets';
import type { NetworkRule } from '../network-rule';

/** A label has at most 63 characters (RFC 1035, section 2.3.4), and so has a label value; the kernel takes host names of up to 64. */
export const dnsNameLength: NetworkRule = {
  code: 'NL305',
  slug: 'dns-name-length',
  severity: 'warning',
  title: 'A name makes DNS names or host names that are too long',
  check(model, report) {
    for (const statefulSet of model.statefulSets) {
      for (const problem of statefulSetProblems(statefulSet)) report({ on: statefulSet.object, ...problem });
    }
    for (const workload of model.workloads) {
      for (const problem of hostNameProblems(workload, model)) report({ on: workload.object, ...problem });
    }
  },
};

const LONGEST_LABEL = 63;
const LONGEST_HOST_NAME = 64;
/** Of the label `controller-revision-hash`: a hyphen and up to ten digits after the name of the StatefulSet. */
const REVISION_SUFFIX = 11;

function statefulSetProblems({ name, lastOrdinal }: StatefulSet): readonly Problem[] {
  const podName = `${name}-${lastOrdinal}`;
  const field = ['metadata', 'name'];
  if (podName.length > LONGEST_LABEL) {
    return [
      {
        field,
        message: `the pod ${podName} has a name of ${podName.length} characters, and a host name in DNS has at most ${LONGEST_LABEL}`,
        help: `shorten the name of the StatefulSet to at most ${LONGEST_LABEL - REVISION_SUFFIX} characters`,
      },
    ];
  }
  if (name.length <= LONGEST_LABEL - REVISION_SUFFIX) return [];
  return [
    {
      field,
      message: `the name ${name} has ${name.length} characters; with a revision after it, it becomes a label value of up to ${name.length + REVISION_SUFFIX}, and ${LONGEST_LABEL} are allowed`,
      help: `shorten the name of the StatefulSet to at most ${LONGEST_LABEL - REVISION_SUFFIX} characters`,
    },
  ];
}

function hostNameProblems({ object, path: template, namespace }: Workload, model: NetworkModel): readonly Problem[] {
  const path = [...template, 'spec'];
  const spec = at(object.manifest, ...path);
  const hostname = nonEmpty(member(spec, 'hostname'));
  const subdomain = nonEmpty(member(spec, 'subdomain'));
  if (member(spec, 'setHostnameAsFQDN') !== true || hostname === undefined || subdomain === undefined) return [];
  const name = `${hostname}.${subdomain}.${namespace}.svc.${clusterZone(model)}`;
  if (name.length <= LONGEST_HOST_NAME) return [];
  return [
    {
      field: below(path, 'setHostnameAsFQDN'),
      message: `the host name ${name} has ${name.length} characters, and Linux takes ${LONGEST_HOST_NAME}: the pod does not start`,
      help: 'shorten hostname, subdomain or the namespace, or leave setHostnameAsFQDN out',
    },
  ];
}
