import type { PortRange } from '../address';
import type { ConfigDocument } from './config-document';
import { extraArgument } from './extra-arguments';
import { at, list, member, texts } from './json';
import { concat, flatMap } from './lists';
import type { ModelObject } from './source-object';

const NODE_PORTS = 'service-node-port-range';

/** `--service-node-port-range` as configurations and the API server itself have it; undefined when nobody says it, or two say different ones. */
export function statedNodePorts(
  configs: readonly ConfigDocument[],
  objects: readonly ModelObject[],
): PortRange | undefined {
  return nodePortRange(concat(flatMap(configs, configNodePorts), flatMap(objects, staticPodNodePorts)));
}

function configNodePorts(config: ConfigDocument): readonly string[] {
  if (config.kind === 'K3sConfig') return [...texts([member(config.value, NODE_PORTS)])];
  if (config.kind !== 'ClusterConfiguration') return [];
  return extraArgument(config, 'apiServer', NODE_PORTS).map(({ content }) => content);
}

function staticPodNodePorts({ ref, manifest }: ModelObject): readonly string[] {
  if (ref.kind !== 'Pod' || ref.apiVersion !== 'v1' || !/^kube-apiserver\b/.test(ref.name)) return [];
  return flatMap(list(at(manifest, 'spec', 'containers')), (container) =>
    flatMap(['command', 'args'], (field) =>
      flatMap(texts(member(container, field)), (entry) =>
        entry.startsWith(`--${NODE_PORTS}=`) ? [entry.slice(NODE_PORTS.length + 3)] : [],
      ),
    ),
  );
}

function nodePortRange(written: readonly string[]): PortRange | undefined {
  if (new Set(written).size !== 1) return undefined;
  const found = /^([0-9]{1,5})-([0-9]{1,5})$/.exec(written[0]);
  return found === null ? undefined : { first: Number(found[1]), last: Number(found[2]) };
}
