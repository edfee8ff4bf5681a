import type { PolicyEngine } from './facts';
import { member, nonEmpty } from './json';
import { flatMap } from './lists';
import type { NetworkModel } from './network-model';
import { perModel } from './per-model';
import { apiGroup, type ModelObject } from './source-object';

/** Which engine decides in the cluster, and how that is known. */
export interface KnownEngine {
  readonly engine: PolicyEngine;
  /** Undefined where the caller says it. */
  readonly seenBy: ModelObject | undefined;
  /** Policies of an engine that is not the one that was found; empty where the caller says which it is. */
  readonly beside: readonly ModelObject[];
}

type PluginEngine = Exclude<PolicyEngine, 'kubernetes'>;

const POLICIES: ReadonlyMap<string, { readonly engine: PluginEngine; readonly kinds: ReadonlySet<string> }> = new Map([
  ['cilium.io', { engine: 'cilium', kinds: new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']) }],
  ['projectcalico.org', { engine: 'calico', kinds: new Set(['NetworkPolicy', 'GlobalNetworkPolicy']) }],
  ['crd.projectcalico.org', { engine: 'calico', kinds: new Set(['NetworkPolicy', 'GlobalNetworkPolicy']) }],
]);

/** Objects that only a cluster with the plugin has. */
const INSTALLED: ReadonlyMap<string, { readonly engine: PluginEngine; readonly kinds: ReadonlySet<string> }> = new Map([
  ['cilium.io', { engine: 'cilium', kinds: new Set(['CiliumNode', 'CiliumNodeConfig', 'CiliumPodIPPool']) }],
  ['operator.tigera.io', { engine: 'calico', kinds: new Set(['Installation']) }],
  ['projectcalico.org', { engine: 'calico', kinds: new Set(['FelixConfiguration', 'IPPool']) }],
  ['crd.projectcalico.org', { engine: 'calico', kinds: new Set(['FelixConfiguration', 'IPPool']) }],
]);

/** The engine that has policies of this kind for its own. */
export function engineOfPolicy(ref: { readonly apiVersion: string; readonly kind: string }): PluginEngine | undefined {
  return engineIn(POLICIES, ref);
}

function engineIn(
  groups: typeof POLICIES,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): PluginEngine | undefined {
  const group = groups.get(apiGroup(apiVersion));
  return group?.kinds.has(kind) === true ? group.engine : undefined;
}

/**
 * What the caller says; else the plugin whose configuration or objects are in the input; else the one whose policies are. Where two are seen, nobody
 * knows, and what the API says is all that is certain.
 */
export const policyEngine = perModel((model): KnownEngine => {
  const given = model.facts.policyEngine;
  if (given !== undefined) return { engine: given, seenBy: undefined, beside: [] };
  const policies = firstOfEngines(model, POLICIES);
  const found = [installed(model), policies].find((seen) => seen.size === 1);
  const [engine, seenBy] = found === undefined ? [undefined, undefined] : [...found][0];
  const beside = flatMap(
    model.types.filter((type) => {
      const own = engineOfPolicy(type);
      return own !== undefined && own !== engine;
    }),
    ({ objects }) => objects,
  );
  return { engine: engine ?? 'kubernetes', seenBy, beside };
});

function installed(model: NetworkModel): ReadonlyMap<PluginEngine, ModelObject> {
  const seen = new Map(firstOfEngines(model, INSTALLED));
  const config = model.configs.find(({ kind }) => kind === 'CiliumConfig');
  if (config !== undefined) seen.set('cilium', config.object);
  return seen;
}

function firstOfEngines(model: NetworkModel, groups: typeof POLICIES): ReadonlyMap<PluginEngine, ModelObject> {
  const seen = new Map<PluginEngine, ModelObject>();
  for (const type of model.types) {
    const engine = engineIn(groups, type);
    if (engine !== undefined && !seen.has(engine)) seen.set(engine, type.objects[0]);
  }
  return seen;
}

/** Settings of the agent of Cilium that change what its policies decide (Documentation/security/policy/intro.rst, language.rst). */
export interface CiliumSettings {
  /** `always` closes what no policy selects; `never` opens everything. */
  readonly enforcement: 'default' | 'always' | 'never';
  /** Whether blocks of addresses choose pods and nodes: `policy-cidr-match-mode`, whose default is neither. */
  readonly blocksMatchPods: boolean;
  readonly blocksMatchNodes: boolean;
  /** Where the mode was read. */
  readonly object: ModelObject | undefined;
}

export const ciliumSettings = perModel(({ configs }): CiliumSettings => {
  const config = configs.find(({ kind }) => kind === 'CiliumConfig');
  const mode = nonEmpty(member(config?.value, 'enable-policy'));
  const matched = (nonEmpty(member(config?.value, 'policy-cidr-match-mode')) ?? '').split(/[\s,]+/);
  return {
    enforcement: mode === 'always' || mode === 'never' ? mode : 'default',
    blocksMatchPods: matched.includes('pods'),
    blocksMatchNodes: matched.includes('nodes'),
    object: config?.object,
  };
});
