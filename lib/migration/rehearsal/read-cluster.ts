import { member, record } from '../../model';
import type { Cluster } from './cluster';

/** Whether a value has the form that is asked for. */
type Form = (value: unknown) => boolean;

const isText: Form = (value) => typeof value === 'string';
const isFlag: Form = (value) => typeof value === 'boolean';
const isNumber: Form = (value) => typeof value === 'number';
const listOf =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(form);
const mapOf =
  (form: Form): Form =>
  (value) =>
    record(value) !== undefined && Object.values(record(value) ?? {}).every(form);
const fields =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    record(value) !== undefined && Object.entries(forms).every(([name, form]) => form(member(value, name)));
const orNull =
  (form: Form): Form =>
  (value) =>
    value === null || form(value);
const orAbsent =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);

const isPod = fields({ addresses: listOf(isText), stays: orAbsent(isText) });
const flags = mapOf(mapOf(isText));

const isCluster = fields({
  distribution: isText,
  networkPlugin: orNull(isText),
  kubernetesVersion: orNull(isText),
  clusterDomain: isText,
  calicoApi: isText,
  calicoOperator: isFlag,
  kubeadm: orNull(fields({ podSubnet: isText, serviceSubnet: isText, extraArgs: flags })),
  staticPods: flags,
  copies: flags,
  kubeProxy: orNull(fields({ clusterCIDR: isText, detectLocalMode: isText, interfaceNamePrefix: isText })),
  pluginRanges: mapOf(listOf(isText)),
  pools: listOf(
    fields({
      name: isText,
      cidr: isText,
      encapsulation: isText,
      disabled: isFlag,
      nodeLabels: orNull(mapOf(isText)),
      nodeSelector: orAbsent(isText),
      allowedUses: listOf(isText),
    }),
  ),
  nodes: listOf(
    fields({
      name: isText,
      count: isNumber,
      labels: mapOf(isText),
      podCidrs: listOf(listOf(isText)),
      tunnels: mapOf(isText),
      pods: listOf(isPod),
      podCount: orAbsent(Number.isSafeInteger),
    }),
  ),
  serviceRanges: listOf(fields({ name: isText, cidrs: listOf(isText) })),
  services: listOf(
    fields({ name: isText, ipFamilyPolicy: isText, clusterIps: listOf(isText), loadBalancerIps: listOf(isText) }),
  ),
  loadBalancerPools: listOf(fields({ name: isText, cidrs: listOf(isText), disabled: isFlag })),
  poolRequests: orAbsent(listOf(fields({ who: isText, asked: listOf(isText), asksFor: isText }))),
});

/** The cluster that a runbook carries, which anybody may have edited; null where it has none that can be read. */
export function readCluster(value: unknown): Cluster | null {
  return isCluster(value) ? (value as Cluster) : null;
}
