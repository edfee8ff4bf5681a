import { compareText } from '../finding/finding';
import { parse } from 'yaml';
import { ciliumConfigOfValues } from './cilium-config';
import { at, member, text } from './json';
import { apiGroup, type FieldPath, type ModelObject, type SourceObject } from './source-object';

export type ConfigKind =
  | 'ClusterConfiguration'
  | 'InitConfiguration'
  | 'JoinConfiguration'
  | 'KubeProxyConfiguration'
  | 'KubeletConfiguration'
  | 'FlannelNetwork'
  | 'CiliumConfig'
  | 'K3sConfig'
  | 'NodeLocalCorefile';

/** The configuration of a component of the cluster: a document of its own, or inside of the ConfigMap where the component reads it. */
export interface ConfigDocument {
  readonly kind: ConfigKind;
  readonly object: ModelObject;
  readonly value: unknown;
  /** The field of the object that holds a field of the configuration; text inside of a ConfigMap is one field. */
  readonly fieldOf: (path: FieldPath) => FieldPath;
}

/** Such documents have no name; they get that of the ConfigMap in which kubeadm keeps them. */
const DOCUMENTS: ReadonlyMap<string, { readonly group: string; readonly kind: ConfigKind; readonly name: string }> =
  new Map([
    ['ClusterConfiguration', { group: 'kubeadm.k8s.io', kind: 'ClusterConfiguration', name: 'kubeadm-config' }],
    ['InitConfiguration', { group: 'kubeadm.k8s.io', kind: 'InitConfiguration', name: 'kubeadm-init' }],
    ['JoinConfiguration', { group: 'kubeadm.k8s.io', kind: 'JoinConfiguration', name: 'kubeadm-join' }],
    [
      'KubeProxyConfiguration',
      { group: 'kubeproxy.config.k8s.io', kind: 'KubeProxyConfiguration', name: 'kube-proxy' },
    ],
    ['KubeletConfiguration', { group: 'kubelet.config.k8s.io', kind: 'KubeletConfiguration', name: 'kubelet-config' }],
  ]);

const CONFIG_MAPS: readonly { readonly name: RegExp; readonly key: string; readonly kind: ConfigKind }[] = [
  { name: /^kubeadm-config$/, key: 'ClusterConfiguration', kind: 'ClusterConfiguration' },
  { name: /^kube-proxy$/, key: 'config.conf', kind: 'KubeProxyConfiguration' },
  { name: /^kubelet-config(-1\.[0-9]+)?$/, key: 'kubelet', kind: 'KubeletConfiguration' },
  { name: /^kube-flannel-cfg$/, key: 'net-conf.json', kind: 'FlannelNetwork' },
];

/** Text beyond this size is not the configuration of a component. */
const LONGEST_TEXT = 1_000_000;

/** Settings that no other file has at its top: they are written as arguments of the command line are. */
const K3S_SETTINGS = [
  'cluster-cidr',
  'service-cidr',
  'cluster-dns',
  'cluster-domain',
  'service-node-port-range',
  'kubelet-arg',
];

/** `/etc/rancher/k3s/config.yaml`, and that of RKE2, which has the same settings. */
export function isK3sConfig(manifest: unknown): boolean {
  return (
    member(manifest, 'kind') === undefined &&
    member(manifest, 'apiVersion') === undefined &&
    K3S_SETTINGS.some((setting) => member(manifest, setting) !== undefined)
  );
}

/** A configuration that is a document of its own. */
export function readConfigDocument(
  { manifest, locate, source }: SourceObject,
  position: number,
): ConfigDocument | undefined {
  if (isK3sConfig(manifest)) {
    return {
      kind: 'K3sConfig',
      object: {
        ref: { apiVersion: 'k3s', kind: 'K3sConfig', namespace: null, name: 'config.yaml' },
        manifest,
        locate,
        position,
      },
      value: manifest,
      fieldOf: (path) => path,
    };
  }
  const apiVersion = text(member(manifest, 'apiVersion'));
  const kind = text(member(manifest, 'kind'));
  const known = kind === undefined ? undefined : DOCUMENTS.get(kind);
  if (apiVersion === undefined || kind === undefined || known?.group !== apiGroup(apiVersion)) return undefined;
  return {
    kind: known.kind,
    object: { ref: { apiVersion, kind, namespace: null, name: known.name }, manifest, locate, source, position },
    value: manifest,
    fieldOf: (path) => path,
  };
}

/** A configuration inside of a ConfigMap. */
export function readConfigMap(object: ModelObject): ConfigDocument | undefined {
  const { apiVersion, kind, name } = object.ref;
  if (apiVersion !== 'v1' || kind !== 'ConfigMap') return undefined;
  if (name === 'cilium-config') {
    const value = member(object.manifest, 'data');
    return { kind: 'CiliumConfig', object, value, fieldOf: (path) => ['data', ...path] };
  }
  if (name === 'cilium-values') {
    const values = parsed(text(at(object.manifest, 'data', 'values.yaml')));
    if (values === undefined) return undefined;
    return {
      kind: 'CiliumConfig',
      object,
      value: ciliumConfigOfValues(values),
      fieldOf: () => ['data', 'values.yaml'],
    };
  }
  if (name === 'node-local-dns') {
    const value = text(at(object.manifest, 'data', 'Corefile'));
    if (value === undefined || value.length > LONGEST_TEXT) return undefined;
    return { kind: 'NodeLocalCorefile', object, value, fieldOf: () => ['data', 'Corefile'] };
  }
  const known = CONFIG_MAPS.find((entry) => entry.name.test(name));
  if (known === undefined) return undefined;
  const value = parsed(text(at(object.manifest, 'data', known.key)));
  return value === undefined ? undefined : { kind: known.kind, object, value, fieldOf: () => ['data', known.key] };
}

function parsed(content: string | undefined): unknown {
  if (content === undefined || content.length > LONGEST_TEXT) return undefined;
  try {
    return parse(content, { maxAliasCount: 100, logLevel: 'error' }) as unknown;
  } catch {
    return undefined;
  }
}

/** In the order of the objects, so that the order of the input changes nothing. */
export function compareConfigs(a: ConfigDocument, b: ConfigDocument): number {
  const place = ({ object }: ConfigDocument): string => {
    const { file, line, column } = object.locate([]);
    return [file ?? '', String(line ?? '').padStart(9, '0'), String(column ?? '').padStart(9, '0')].join('\0');
  };
  return (
    compareText(a.kind, b.kind) || compareText(a.object.ref.name, b.object.ref.name) || compareText(place(a), place(b))
  );
}
