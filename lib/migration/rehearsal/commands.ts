import { own } from '../../syntax/own-member';
import { list, member, text } from '../../model';
import { byFamilyOf } from './plugin-ranges';
import { rescheduled } from './calico';
import {
  extraArgs,
  flannelNetwork,
  kubeProxy,
  networking,
  onKubeadm,
  withFlannel,
  withKubeProxy,
} from './configuration-edits';
import type { Cluster, ControlPlaneComponent, Flags } from './cluster';
import {
  changing,
  documentEffect,
  type Effect,
  inTurn,
  installationPool,
  jsonOf,
  NOTHING,
  poolEffect,
  withPools,
} from './workbench';

/** What a command does to the cluster, beside what it makes of it: some of it needs a look first. */
export type Act =
  | 'moves-pods'
  | 'drains-nodes'
  | 'replaces-nodes'
  | 'disables-pool'
  | 'removes-pool'
  | 'changes-range'
  | 'needs-kubeadm'
  | 'needs-calico-api';

/** A command, understood. */
export interface Command {
  readonly effect: Effect;
  readonly acts: readonly Act[];
}

/** The documents of the files of a runbook, by path from its folder. */
export type Files = ReadonlyMap<string, readonly unknown[]>;

/** What a line of a runbook does; null if nobody knows. */
export function readCommand(line: string, files: Files): Command | null {
  for (const [form, read] of FORMS) {
    const match = form.exec(line);
    if (match !== null) return withCalicoApi(line, read(match, files));
  }
  return LOOKS.some((form) => form.test(line)) ? withCalicoApi(line, { effect: NOTHING, acts: [] }) : null;
}

function withCalicoApi(line: string, command: Command | null): Command | null {
  return command !== null && line.split('|').some(asksCalicoApi) && !line.includes('crd.projectcalico.org')
    ? { ...command, acts: [...command.acts, 'needs-calico-api'] }
    : command;
}

function asksCalicoApi(part: string): boolean {
  const start = part.search(/\bkubectl\b/);
  return start >= 0 && /\.projectcalico\.org\b(?!\/)/.test(part.slice(start));
}

type Form = readonly [RegExp, (match: RegExpExecArray, files: Files) => Command | null];

const FORMS: readonly Form[] = [
  [/^(?:kubectl|calicoctl) (?:apply|create|replace) -f (\S+)$/, ([, file], files) => applied(files.get(file))],
  [
    /^(?:(?!kubectl patch --local -f kubeadm\.yaml ).)*kubectl patch --local -f kubeadm\.yaml .*--patch='([^']*)'/,
    ([, json]) => draft('kubeadm-config', networking(json)),
  ],
  [/jq --argjson flags '([^']*)' -f \S+ kubeadm\.json/, ([, json]) => draft('kubeadm-config', extraArgs(json))],
  [
    /^(?:(?!kubectl patch --local -f kube-proxy\.yaml ).)*kubectl patch --local -f kube-proxy\.yaml .*--patch='([^']*)'/,
    ([, json]) => draft('kube-proxy', kubeProxy(json)),
  ],
  [/^jq '\. \+ ({[^']*})' net-conf\.json/, ([, json]) => draft('kube-flannel-cfg', flannelNetwork(json))],
  [/kubectl -n \S+ patch configmap (\S+) /, ([, name]) => flush(name)],
  [
    /^(?:(?!jq ').)*jq '.*ipPools\[\] \| select\(\.name != "([^"]+)"\)/,
    ([, name]) => draft('installation', withoutPool(name)),
  ],
  [/^kubectl patch installations\S* default .*--patch-file=installation\.patch$/, () => flush('installation')],
  [
    /^(?:(?!(?:kubectl|calicoctl) (?:-n \S+ )?patch ).)*(kubectl|calicoctl) (?:-n \S+ )?patch (\S+) (\S+) .*(?:--patch='([^']*)'|--patch-file=(\S+))/,
    patched,
  ],
  [
    /^(?:kubectl|calicoctl) (?:-n \S+ )?delete (\S+) (.+)$/,
    ([, resource, names]) => removed(resource, names.split(' ')),
  ],
  [
    /^(?:(?!get configmap ).)*get configmap (kube-proxy|kubeadm-config|kube-flannel-cfg) -o yaml \| sed (.*) \| kubectl replace -f -/,
    sedOfConfigMap,
  ],
  [/^(?:(?!sudo sed -i ).)*sudo sed -i (.*) \/etc\/kubernetes\/manifests\/([-a-z]+)\.yaml$/, sedOfStaticPod],
  [/sudo cp -n \/etc\/kubernetes\/manifests\/([-a-z]+)\.yaml/, ([, name]) => copied(name as ControlPlaneComponent)],
  [
    /sudo cp \/root\/(kube-[a-z-]+?)(?:\.before-\S+\.yaml|\.yaml\.before) \/etc\/kubernetes\/manifests/,
    ([, name]) => putBack(name as ControlPlaneComponent),
  ],
  [
    /^(?:(?!kubectl drain ).)*kubectl drain .*kubectl delete node/,
    () => ({ effect: changing(nodesAnew), acts: ['drains-nodes', 'replaces-nodes'] }),
  ],
  [/kubectl drain /, () => ({ effect: changing(podsAnew), acts: ['drains-nodes', 'moves-pods'] })],
  [/rollout restart "\$workload"/, () => ({ effect: changing(podsAnew), acts: ['moves-pods'] })],
  [
    /^(?:(?!helm upgrade cilium ).)*helm upgrade cilium .*--values (\S+)$/,
    ([, file], files) => helmValues(files.get(file)),
  ],
  [/^kubectl -n NAMESPACE patch service NAME .*"ipFamilyPolicy":"(\w+)"/, ([, policy]) => servicesAsk(policy)],
];

/** Commands that look, wait, or keep what there is in files of whoever follows the runbook. */
const LOOKS: readonly RegExp[] = [
  /^#/,
  /^(?:sudo )?(?:ip|ping|grep|cat|conntrack|mkdir|test|awk|netloom|kubeadm (?:init|upgrade) .*--dry-run|kubeadm upgrade diff)\b/,
  /^(?:sudo )?kubectl (?:--kubeconfig \S+ )?(?:-n \S+ )?(?:get|wait|rollout|label|exec|logs|run|describe|version|api-resources|auth)\b/,
  /^kubectl (?:-n \S+ )?(?:edit|set env)\b/,
  /^kubectl create (?:configmap \S+ .*--dry-run=client|namespace \S+$)/,
  /^calicoctl (?:get|ipam|version|node)\b/,
  /^helm (?:get|list|search)\b/,
  /^jq\b/,
  /^\(set -e; /,
];

function applied(documents: readonly unknown[] | undefined): Command | null {
  if (documents === undefined) return null;
  const effects = documents.map(documentEffect);
  if (effects.some((effect) => effect === null)) return null;
  return {
    effect: inTurn(effects.filter((effect) => effect !== null)),
    acts: documents.flatMap((document) => (disables(document) ? ['disables-pool' as const] : [])),
  };
}

function disables(document: unknown): boolean {
  const spec = member(document, 'spec');
  const pools = list(member(member(spec, 'calicoNetwork'), 'ipPools'));
  if (/LoadBalancerIPPool|IPAddressPool/.test(text(member(document, 'kind')) ?? '')) return false;
  if (list(member(spec, 'allowedUses')).includes('LoadBalancer')) return false;
  return member(spec, 'disabled') === true || pools.some((pool) => member(pool, 'nodeSelector') === '!all()');
}

function patched([, , resource, name, json, file]: RegExpExecArray, files: Files): Command | null {
  // Labels and taints that a runbook gives back.
  if (resource === 'node') return { effect: NOTHING, acts: [] };
  const given = file as string | undefined;
  const documents = given === undefined ? [jsonOf(json)] : files.get(given);
  if (documents === undefined) return null;
  if (resource === 'service' || resource === 'services') return { effect: NOTHING, acts: [] };
  const isPool = resource.startsWith('ippool');
  const kind = isPool ? 'IPPool' : resource.startsWith('installation') ? 'Installation' : null;
  if (kind === null) return loadBalancerPatch(resource, name, documents[0]);
  const acts = documents.flatMap((document) => (disables(document) ? ['disables-pool' as const] : []));
  if (isPool) {
    const effects = documents.map((document) => [
      poolEffect(name, member(document, 'spec')),
      loadBalancerState(name, member(document, 'spec')),
    ]);
    return { effect: inTurn(effects.flat()), acts };
  }
  const [first] = documents;
  if (Array.isArray(first)) return { effect: changing((cluster) => withAdded(cluster, list(first))), acts };
  return {
    effect: inTurn(documents.map((document) => documentEffect({ kind, spec: member(document, 'spec') }) ?? NOTHING)),
    acts,
  };
}

function withoutPool(name: string): (cluster: Cluster) => Cluster {
  return (cluster) =>
    withPools(
      cluster,
      cluster.pools.filter((pool) => pool.name !== name),
    );
}

/** A JSON patch that appends pools to the Installation. */
function withAdded(cluster: Cluster, operations: readonly unknown[]): Cluster {
  const added = operations
    .filter((operation) => text(member(operation, 'path')) === '/spec/calicoNetwork/ipPools/-')
    .map((operation) => installationPool(member(operation, 'value')));
  return withPools(cluster, [...cluster.pools, ...added]);
}

function loadBalancerPatch(resource: string, name: string, document: unknown): Command | null {
  if (!/pools?\b/.test(resource)) return null;
  return { effect: loadBalancerState(name, member(document, 'spec')), acts: [] };
}

function loadBalancerState(name: string, spec: unknown): Effect {
  const disabled = member(spec, 'autoAssign') === false || member(spec, 'disabled') === true;
  return changing((cluster) => ({
    ...cluster,
    loadBalancerPools: cluster.loadBalancerPools.map((pool) => (pool.name === name ? { ...pool, disabled } : pool)),
  }));
}

function removed(resource: string, names: readonly string[]): Command | null {
  const gone = new Set(names);
  if (/^ippools?/.test(resource)) {
    return {
      effect: changing((cluster) => ({
        ...withPools(
          cluster,
          cluster.pools.filter(({ name }) => !gone.has(name)),
        ),
        loadBalancerPools: cluster.loadBalancerPools.filter(({ name }) => !gone.has(name)),
      })),
      acts: ['removes-pool'],
    };
  }
  if (/^servicecidrs?$/.test(resource)) {
    return {
      effect: changing((cluster) => ({
        ...cluster,
        serviceRanges: cluster.serviceRanges.filter(({ name }) => !gone.has(name)),
      })),
      acts: [],
    };
  }
  if (resource.includes('pools')) {
    return {
      effect: changing((cluster) => ({
        ...cluster,
        loadBalancerPools: cluster.loadBalancerPools.filter(({ name }) => !gone.has(name)),
      })),
      acts: ['removes-pool'],
    };
  }
  return /^(pod|namespace)$/.test(resource) ? { effect: NOTHING, acts: [] } : null;
}

function draft(name: string, edit: (cluster: Cluster) => Cluster): Command {
  return {
    effect: ({ cluster, drafts }) => {
      const before = own(drafts, name);
      return { cluster, drafts: { ...drafts, [name]: (given) => edit(before === undefined ? given : before(given)) } };
    },
    acts: name === 'kubeadm-config' ? ['needs-kubeadm', 'changes-range'] : ['changes-range'],
  };
}

function flush(name: string): Command {
  return {
    effect: ({ cluster, drafts }) => {
      const { [name]: edit, ...others } = drafts as Record<string, ((cluster: Cluster) => Cluster) | undefined>;
      const left = Object.fromEntries(Object.entries(others).flatMap(([key, value]) => (value ? [[key, value]] : [])));
      return { cluster: edit === undefined ? cluster : edit(cluster), drafts: left };
    },
    acts: [],
  };
}

function sedOfConfigMap([, name, program]: RegExpExecArray): Command {
  const quoted = Object.fromEntries(
    [...program.matchAll(/s#\\?b?"?(\w+)"?: [^#]*#"?\w+"?: "?([^"#]*)"?#/g)].map(([, key, value]) => [key, value]),
  );
  const change = new Map<string, (cluster: Cluster) => Cluster>([
    ['kube-proxy', (cluster) => withKubeProxy(cluster, quoted)],
    ['kubeadm-config', onKubeadm((kubeadm) => ({ ...kubeadm, ...quoted }))],
    ['kube-flannel-cfg', (cluster) => withFlannel(cluster, quoted)],
  ]);
  return {
    effect: changing(change.get(name) ?? ((cluster) => cluster)),
    acts: name === 'kubeadm-config' ? ['needs-kubeadm', 'changes-range'] : ['changes-range'],
  };
}

function sedOfStaticPod([, program, name]: RegExpExecArray): Command {
  const component = name as ControlPlaneComponent;
  const gone = new Set([...program.matchAll(/\/- --([-a-z0-9]+)=\/d/g)].map(([, flag]) => flag));
  const added = [...program.matchAll(/ {4}- --([-a-z0-9]+)=((?:(?! {4}- --)[^'\\\n])*)(?=\\n|')/g)].map(
    ([, flag, value]) => [flag, value],
  );
  return {
    effect: changing((cluster) => ({
      ...cluster,
      staticPods: {
        ...cluster.staticPods,
        [component]: Object.fromEntries([
          ...Object.entries(cluster.staticPods[component] ?? {}).filter(([flag]) => !gone.has(flag)),
          ...added,
        ]) as Flags,
      },
    })),
    acts: ['needs-kubeadm', 'changes-range'],
  };
}

function copied(component: ControlPlaneComponent): Command {
  return {
    effect: changing((cluster) => ({
      ...cluster,
      copies: { [component]: cluster.staticPods[component] ?? {}, ...cluster.copies },
    })),
    acts: ['needs-kubeadm'],
  };
}

function putBack(component: ControlPlaneComponent): Command {
  return {
    effect: changing((cluster) => ({
      ...cluster,
      staticPods: {
        ...cluster.staticPods,
        [component]: cluster.copies[component] ?? cluster.staticPods[component] ?? {},
      },
    })),
    acts: ['needs-kubeadm'],
  };
}

/** All pods outside of the network of their node, on whatever node there is room. */
export function podsAnew(cluster: Cluster): Cluster {
  if (cluster.networkPlugin !== 'calico') return cluster;
  return {
    ...cluster,
    nodes: cluster.nodes.map((group) => ({ ...group, pods: rescheduled(cluster.pools, group) })),
  };
}

/** Nodes that join again have what the controller manager gives now. */
export function nodesAnew(cluster: Cluster): Cluster {
  const flags = cluster.staticPods['kube-controller-manager'] ?? {};
  const ranges =
    flags['allocate-node-cidrs'] === 'true' ? (flags['cluster-cidr'] ?? '').split(',').filter(Boolean) : [];
  return podsAnew({
    ...cluster,
    nodes: cluster.nodes.map((group) => ({
      ...group,
      podCidrs: ranges.length === 0 ? [] : [ranges.map((range) => firstBlock(range, flags))],
    })),
  });
}

function firstBlock(range: string, flags: Flags): string {
  const family = range.includes(':') ? 'ipv6' : 'ipv4';
  const mask =
    own(flags, `node-cidr-mask-size-${family}`) ?? flags['node-cidr-mask-size'] ?? (family === 'ipv4' ? '24' : '64');
  return `${range.split('/')[0]}/${mask}`;
}

function helmValues(documents: readonly unknown[] | undefined): Command | null {
  if (documents === undefined) return null;
  return {
    effect: changing((cluster) => ({ ...cluster, pluginRanges: byFamilyOf(documents[0], cluster.pluginRanges) })),
    acts: ['changes-range'],
  };
}

function servicesAsk(policy: string): Command {
  return {
    effect: changing((cluster) => ({
      ...cluster,
      services: cluster.services.map((service) => ({
        ...service,
        ipFamilyPolicy: policy as Cluster['services'][number]['ipFamilyPolicy'],
      })),
    })),
    acts: [],
  };
}
