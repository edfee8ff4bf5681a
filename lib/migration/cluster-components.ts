import { type Cidr, formatCidr, type IpFamily } from '../address';
import { check, command, type Step } from './runbook';

/** Whom kube-proxy takes for pods of its cluster. */
export type LocalTraffic =
  | { readonly kind: 'cluster-cidr'; readonly cidrs: readonly Cidr[] }
  /** Whatever comes from an interface of that name: independent of ranges. */
  | { readonly kind: 'interface'; readonly prefix: string };

/** kubeadm writes every field of the configuration, so that each has a line, which ends at a backslash where kubectl keeps a copy. */
export function kubeProxySteps(local: LocalTraffic): Step[] {
  const fields =
    local.kind === 'cluster-cidr'
      ? [
          ['clusterCIDR', joined(local.cidrs)],
          ['detectLocalMode', 'ClusterCIDR'],
        ]
      : [
          ['interfaceNamePrefix', local.prefix],
          ['detectLocalMode', 'InterfaceNamePrefix'],
        ];
  const edits = fields.map(([key, value]) => `-e 's#\\b${key}: [^\\\\]*#${key}: ${value}#'`).join(' ');
  return [
    command(
      'Give it to kube-proxy',
      `kubectl -n kube-system get configmap kube-proxy -o yaml | sed ${edits} | kubectl replace -f -`,
      'kubectl -n kube-system rollout restart daemonset kube-proxy',
      'kubectl -n kube-system rollout status daemonset kube-proxy --timeout=10m',
    ),
    check(
      'kube-proxy has it',
      fields.map(([key, value]) => `${key}: ${value}`).join(' and '),
      `kubectl -n kube-system get configmap kube-proxy -o yaml | grep -E '${fields.map(([key]) => key).join('|')}'`,
    ),
  ];
}

/** Flags of a control plane component as they shall be. */
export type Flags = Readonly<Record<string, string>>;

/** `networking` of kubeadm's ClusterConfiguration, so that an upgrade does not bring the old ranges back. */
export function kubeadmStep(networking: Flags): Step {
  const edits = Object.entries(networking).map(([key, value]) => `-e 's#\\b${key}: [^\\\\]*#${key}: ${value}#'`);
  return command(
    'The configuration of kubeadm, which upgrades read',
    `kubectl -n kube-system get configmap kubeadm-config -o yaml | sed ${edits.join(' ')} | kubectl replace -f -`,
  );
}

/** The kubelet starts a static pod anew as soon as its file changes. */
export function staticPodSteps(component: string, flags: Flags, drop: readonly string[] = []): Step[] {
  const file = `/etc/kubernetes/manifests/${component}.yaml`;
  const names = [...Object.keys(flags), ...drop];
  const remove = names.map((name) => `-e '/- --${name}=/d'`).join(' ');
  const lines = Object.entries(flags).map(([name, value]) => `    - --${name}=${value}`);
  return [
    command(
      `${component}, on each control plane node, one after the other`,
      // A copy in the folder of the manifests would be a second static pod.
      `sudo cp -n ${file} /root/${component}.yaml.before`,
      `sudo sed -i ${remove} -e '/^    - ${component}$/a\\${lines.join('\\n')}' ${file}`,
    ),
    check(
      `${component} runs with it`,
      `every pod is Running, and shows ${Object.entries(flags)
        .map(([name, value]) => `--${name}=${value}`)
        .join(', ')}`,
      `kubectl -n kube-system get pods -l component=${component}`,
      `kubectl -n kube-system get pods -l component=${component} -o yaml | grep -E -- '--(${names.join('|')})='`,
    ),
  ];
}

/** Takes {@link staticPodSteps} back. */
export function staticPodUndo(component: string): Step {
  return command(
    `${component}, on each control plane node`,
    `sudo cp /root/${component}.yaml.before /etc/kubernetes/manifests/${component}.yaml`,
  );
}

/** What the steps of all stages overwrite. */
export function backupStep(...objects: string[]): Step {
  return command(
    'Keep what is there now',
    ...objects.map((object) => {
      const [namespace, kind, name = ''] = object.split('/');
      const what = [kind, name].filter(Boolean).join(' ');
      return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}get ${what} -o yaml > before-${name || kind}.yaml`;
    }),
  );
}

export function joined(cidrs: readonly Cidr[]): string {
  return cidrs.map(formatCidr).join(',');
}

/** Pods whose first address lies in the range; only IPv4 can be told apart without a tool of its own. */
export function podsIn(cidr: Cidr): string | null {
  if (cidr.family === 'IPv6') return null;
  const columns = 'custom-columns=IP:.status.podIP,NS:.metadata.namespace,NAME:.metadata.name,NODE:.spec.nodeName';
  return `kubectl get pods -A --no-headers -o ${columns} | awk -F'[. ]+' '${octetsOf(cidr)}'`;
}

/** An awk condition on four fields: `$1 == 10 && $2 >= 64 && $2 <= 67`. */
function octetsOf({ base, prefix }: Cidr): string {
  const conditions = [1, 2, 3, 4].flatMap((field) => {
    const octet = Number((base >> BigInt(8 * (4 - field))) & 255n);
    const bits = Math.min(8, Math.max(0, prefix - 8 * (field - 1)));
    if (bits === 0) return [];
    const last = octet + 2 ** (8 - bits) - 1;
    return [octet === last ? `$${field} == ${octet}` : `$${field} >= ${octet} && $${field} <= ${last}`];
  });
  return conditions.length === 0 ? 'NF' : conditions.join(' && ');
}

export function byFamily(cidrs: readonly Cidr[], family: IpFamily): Cidr | undefined {
  return cidrs.find((cidr) => cidr.family === family);
}
