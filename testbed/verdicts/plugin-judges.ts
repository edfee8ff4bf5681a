import type { KubernetesObject } from '../api-client';
import { run } from '../control-plane';
import { judgesProgram } from '../program';

/** Kinds that a plugin reads with more care than the API server: with MetalLB's webhooks, Cilium's operator and its agent. */
const JUDGED = new Set([
  'metallb.io/v1beta1 IPAddressPool',
  'metallb.io/v1beta1 L2Advertisement',
  'metallb.io/v1beta1 BGPAdvertisement',
  'metallb.io/v1beta2 BGPPeer',
  'cilium.io/v2alpha1 CiliumPodIPPool',
  'cilium.io/v2 CiliumLoadBalancerIPPool',
  'cilium.io/v2 CiliumNetworkPolicy',
  'cilium.io/v2 CiliumClusterwideNetworkPolicy',
]);

export function hasJudge({ apiVersion, kind }: KubernetesObject): boolean {
  return JUDGED.has(`${apiVersion} ${kind}`);
}

/** Why the plugin refuses each object, as the API server has stored it; undefined where it takes it. All are of kinds that have a judge. */
export function pluginRefusals(objects: readonly KubernetesObject[]): (string | undefined)[] {
  if (objects.length === 0) return [];
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  const { status, stdout, stderr } = run(judgesProgram(), [], input);
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as string | null) ?? undefined);
}
