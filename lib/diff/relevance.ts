import { apiGroup, type ModelObject, readConfigMap } from '../model';
import { podPlace } from './defaults';
import type { Field } from './fields';

/** Groups all of whose kinds are about the network. */
const NETWORK_GROUPS: ReadonlySet<string> = new Set([
  'networking.k8s.io',
  'gateway.networking.k8s.io',
  'policy.networking.k8s.io',
  'discovery.k8s.io',
  'projectcalico.org',
  'crd.projectcalico.org',
  'operator.tigera.io',
  'cilium.io',
  'metallb.io',
  'k8s.cni.cncf.io',
]);
const NETWORK_KINDS: ReadonlySet<string> = new Set(['Service', 'Endpoints', 'Namespace', 'Node']);

/** Of a pod: what the network and those that select it see. */
const POD_FIELDS =
  /^(metadata\.labels|spec\.(hostNetwork|hostPort|dnsPolicy|dnsConfig|hostAliases|hostname|subdomain|nodeName|nodeSelector|affinity|setHostnameAsFQDN|(initContainers|containers)\.ports))(\.|$)/;
const CONTROLLER_FIELDS = /^spec\.(selector|replicas|serviceName|ordinals)(\.|$)/;
const NETWORK_ANNOTATION = /(projectcalico\.org|cilium\.io|cni\.cncf\.io|metallb|kube-vip\.io|netloom\.dev)\b/;
/** Labels and annotations that tools write at each release. */
const BOOKKEEPING =
  /^metadata\.(labels|annotations)\.(helm\.sh\/|meta\.helm\.sh\/|app\.kubernetes\.io\/(version|managed-by)|argocd\.argoproj\.io\/|kubectl\.kubernetes\.io\/|deployment\.kubernetes\.io\/|checksum\/)/;

/** Whether a change of the field can change what the network does. */
export function concernsNetwork(object: ModelObject): (field: Field) => boolean {
  const { kind, apiVersion } = object.ref;
  const group = apiGroup(apiVersion);
  if (NETWORK_GROUPS.has(group) || (group === '' && NETWORK_KINDS.has(kind))) {
    return ({ place }) => !BOOKKEEPING.test(place);
  }
  if (readConfigMap(object) !== undefined) return () => true;
  return ({ place }) => {
    if (CONTROLLER_FIELDS.test(place)) return true;
    const pod = podPlace(object, place);
    if (pod === undefined) return false;
    if (pod.startsWith('metadata.annotations.')) return NETWORK_ANNOTATION.test(pod);
    return POD_FIELDS.test(pod) && !BOOKKEEPING.test(pod);
  };
}
