import { type Cidr, formatCidr, type IpFamily } from '../address';

export function joined(cidrs: readonly Cidr[]): string {
  return cidrs.map(formatCidr).join(',');
}

export function byFamily(cidrs: readonly Cidr[], family: IpFamily): Cidr | undefined {
  return cidrs.find((cidr) => cidr.family === family);
}

/** `node-cidr-mask-size-ipv4` and its sibling, for these families. */
export function maskFlags(
  families: readonly IpFamily[],
  masks: Readonly<Record<IpFamily, number>>,
): Record<string, string> {
  return Object.fromEntries(
    families.map((family) => [`node-cidr-mask-size-${family.toLowerCase()}`, String(masks[family])]),
  );
}

/** The defaults of kube-controller-manager. */
export const USUAL_MASKS: ReadonlyMap<string, string> = new Map([
  ['node-cidr-mask-size-ipv4', '24'],
  ['node-cidr-mask-size-ipv6', '64'],
]);
