import { joined } from './cidr-text';
import type { Cidr } from '../address';
import { KUBEADM_FLAGS, KUBEADM_FLAGS_FILE } from './kubeadm-flags';
import { FROM_NETWORKING } from './rehearsal/kubeadm';
import { check, command, type StageFile, type Step } from './runbook';

/** Whom kube-proxy takes for pods of its cluster. */
export type LocalTraffic =
  | { readonly kind: 'cluster-cidr'; readonly cidrs: readonly Cidr[] }
  /** Whatever comes from an interface of that name: independent of ranges. */
  | { readonly kind: 'interface'; readonly prefix: string };

/**
 * A new version of a ConfigMap whose file `NEW` was made from what there was: only that key changes. In one line, and only where the file has
 * something in it: an edit that failed leaves an empty one, which would take the configuration away.
 */
function giveBack(name: string, key: string, namespace = 'kube-system'): string {
  return [
    `test -s ${name}.new`,
    `kubectl create configmap ${name} --from-file=${key}=${name}.new --dry-run=client -o json | jq '{data}' > ${name}.patch`,
    `kubectl -n ${namespace} patch configmap ${name} --type=merge --patch-file=${name}.patch`,
  ].join(' && ');
}

function takeOut(name: string, key: string, file: string, namespace = 'kube-system'): string {
  return `kubectl -n ${namespace} get configmap ${name} -o jsonpath='{.data.${key.replaceAll('.', String.raw`\.`)}}' > ${file}`;
}

/** `kubectl patch --local` asks no server: it reads YAML, whatever is in it, and writes it with the change. */
export function kubeProxySteps(local: LocalTraffic): Step[] {
  const fields =
    local.kind === 'cluster-cidr'
      ? { clusterCIDR: joined(local.cidrs), detectLocalMode: 'ClusterCIDR' }
      : { detectLocalMode: 'InterfaceNamePrefix', detectLocal: { interfaceNamePrefix: local.prefix } };
  return [
    command(
      'Give it to kube-proxy',
      takeOut('kube-proxy', 'config.conf', 'kube-proxy.yaml'),
      `kubectl patch --local -f kube-proxy.yaml --type=merge --patch='${JSON.stringify(fields)}' -o yaml > kube-proxy.new`,
      giveBack('kube-proxy', 'config.conf'),
      'kubectl -n kube-system rollout restart daemonset kube-proxy',
      'kubectl -n kube-system rollout status daemonset kube-proxy --timeout=10m',
    ),
    check(
      'kube-proxy has it',
      local.kind === 'cluster-cidr'
        ? `clusterCIDR: ${joined(local.cidrs)} and detectLocalMode: ClusterCIDR`
        : `detectLocalMode: InterfaceNamePrefix and interfaceNamePrefix: ${local.prefix}`,
      `kubectl -n kube-system get configmap kube-proxy -o jsonpath='{.data.config\\.conf}'`,
    ),
  ];
}

/** Flags of components as kubeadm has them; null takes one away. */
export type FlagEdits = Readonly<Record<string, string | null>>;

export interface KubeadmEdits {
  readonly networking: Readonly<Record<string, string>>;
  readonly controllerManager?: FlagEdits;
}

/** What kubeadm has in the cluster is all that an upgrade makes static pods from: a flag that stands nowhere else is gone after the next one. */
export function kubeadmStep(folder: string, { networking, controllerManager = {} }: KubeadmEdits): Step {
  const flags = Object.fromEntries(Object.entries(controllerManager).filter(([flag]) => !FROM_NETWORKING.has(flag)));
  const edit = `kubectl patch --local -f kubeadm.yaml --type=merge --patch='${JSON.stringify({ networking })}'`;
  return command(
    'The configuration of kubeadm, from which upgrades make the static pods',
    takeOut('kubeadm-config', 'ClusterConfiguration', 'kubeadm.yaml'),
    ...(Object.keys(flags).length === 0
      ? [`${edit} -o yaml > kubeadm-config.new`]
      : [
          `${edit} -o json > kubeadm.json`,
          `jq --argjson flags '${JSON.stringify({ controllerManager: flags })}' -f ${folder}/${KUBEADM_FLAGS_FILE} kubeadm.json > kubeadm-config.new`,
        ]),
    giveBack('kubeadm-config', 'ClusterConfiguration'),
  );
}

/** What the next upgrade would change: `kubeadm upgrade diff` takes the version that the cluster has. */
export function generatedCheck(flags: FlagEdits): Step {
  return check(
    'On a control plane node: the next kubeadm upgrade keeps the flags',
    'nothing, or each flag twice, with - and with +, and the same value. No error',
    'sudo kubeadm upgrade diff > upgrade-diff.txt',
    `grep -E -- '--(${Object.keys(flags).join('|')})=' upgrade-diff.txt`,
  );
}

/** The program that {@link kubeadmStep} runs, where it has flags to set. */
export const FLAGS_FILE: StageFile = { path: KUBEADM_FLAGS_FILE, text: KUBEADM_FLAGS, documents: [] };

/** Fields of net-conf.json of Flannel. */
export function flannelStep(fields: Readonly<Record<string, string | boolean>>): Step {
  return command(
    'net-conf.json of Flannel',
    takeOut('kube-flannel-cfg', 'net-conf.json', 'net-conf.json', 'kube-flannel'),
    `jq '. + ${JSON.stringify(fields)}' net-conf.json > kube-flannel-cfg.new`,
    giveBack('kube-flannel-cfg', 'net-conf.json', 'kube-flannel'),
  );
}

/** Flags of a static pod. The kubelet starts it anew as soon as its file changes. */
export function staticPodSteps(component: string, flags: FlagEdits, migration: string): Step[] {
  const file = `/etc/kubernetes/manifests/${component}.yaml`;
  const names = Object.keys(flags);
  const set = Object.entries(flags).filter(([, value]) => value !== null);
  const remove = names.map((name) => `-e '/- --${name}=/d'`).join(' ');
  const lines = set.map(([name, value]) => `    - --${name}=${value ?? ''}`);
  return [
    command(
      `${component}, on each control plane node, one after the other`,
      // A copy in the folder of the manifests would be a second static pod.
      `sudo cp -n ${file} ${copyOf(component, migration)}`,
      `sudo sed -i ${remove} -e '/^    - ${component}$/a\\${lines.join('\\n')}' ${file}`,
    ),
    check(
      `${component} runs with it`,
      `every pod is Running, and shows ${set.map(([name, value]) => `--${name}=${value ?? ''}`).join(', ')}`,
      `kubectl -n kube-system get pods -l component=${component}`,
      `kubectl -n kube-system get pods -l component=${component} -o yaml | grep -E -- '--(${names.join('|')})='`,
    ),
  ];
}

/** Takes {@link staticPodSteps} back. */
export function staticPodUndo(component: string, migration: string): Step {
  return command(
    `${component}, on each control plane node`,
    `sudo cp ${copyOf(component, migration)} /etc/kubernetes/manifests/${component}.yaml`,
  );
}

/** A copy of another migration is none of this one. */
function copyOf(component: string, migration: string): string {
  return `/root/${component}.before-${migration}.yaml`;
}
