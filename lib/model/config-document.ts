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
];

/** Text beyond this size is not the configuration of a component. */
const LONGEST_TEXT = 1_000_000;

/** Settings of a server that no other file has at its top: they are written as arguments of the command line are. */
const SERVER_SETTINGS = ['cluster-cidr', 'service-cidr', 'cluster-dns', 'cluster-domain', 'service-node-port-range'];
const K3S_SETTINGS = [...SERVER_SETTINGS, 'kubelet-arg'];

/** Settings that RKE2 has and k3s has not. */
const RKE2_SETTINGS = [
  'cni',
  'control-plane-resource-requests',
  'control-plane-probe-configuration',
  'ingress-controller',
];

export type K3sDistribution = 'k3s' | 'RKE2';

/** Whose configuration it is: both have the same settings, and a few of their own. */
export function k3sDistribution({ value, object }: Pick<ConfigDocument, 'value' | 'object'>): K3sDistribution {
  const isRke2 = RKE2_SETTINGS.some((setting) => member(value, setting) !== undefined);
  return isRke2 || /rke2/i.test(object.locate([]).file ?? '') ? 'RKE2' : 'k3s';
}

/** Whether it says what the cluster is: an agent has none of these settings. */
export function isServerConfig(value: unknown): boolean {
  return SERVER_SETTINGS.some((setting) => member(value, setting) !== undefined);
}

/** `/etc/rancher/k3s/config.yaml`, and that of RKE2, which has the same settings. */
export function isK3sConfig(manifest: unknown): boolean {
  return (
    member(manifest, 'kind') === undefined &&
    member(manifest, 'apiVersion') === undefined &&
    K3S_SETTINGS.some((setting) => member(manifest, setting) !== undefined)
  );
}

const K3S_REF = { apiVersion: 'k3s', kind: 'K3sConfig', namespace: null, name: 'config.yaml' };
const RKE2_REF = { ...K3S_REF, apiVersion: 'rke2', kind: 'Rke2Config' };

/** A configuration that is a document of its own. */
export function readConfigDocument(
  { manifest, locate, source }: SourceObject,
  position: number,
): ConfigDocument | undefined {
  if (isK3sConfig(manifest)) {
    const object = { ref: K3S_REF, manifest, locate, position };
    const ref = k3sDistribution({ value: manifest, object }) === 'k3s' ? K3S_REF : RKE2_REF;
    return { kind: 'K3sConfig', object: { ...object, ref }, value: manifest, fieldOf: (path) => path };
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

/** Values for the chart of Cilium, which RKE2 installs from a HelmChart of its own. */
function readHelmValues(object: ModelObject): ConfigDocument | undefined {
  const { apiVersion, kind, name } = object.ref;
  const isOfCilium = /^(?:rke2-)?cilium$/.test(name);
  if (apiGroup(apiVersion) !== 'helm.cattle.io' || !/^HelmChart(?:Config)?$/.test(kind) || !isOfCilium)
    return undefined;
  const path = ['spec', 'valuesContent'];
  const values = parsed(text(at(object.manifest, ...path)));
  if (values === undefined) return undefined;
  return { kind: 'CiliumConfig', object, value: ciliumConfigOfValues(values), fieldOf: () => path };
}

/** A configuration inside of a ConfigMap, or of the values of a chart. */
export function readConfigMap(object: ModelObject): ConfigDocument | undefined {
  const { apiVersion, kind, name } = object.ref;
  if (kind !== 'ConfigMap') return readHelmValues(object);
  if (apiVersion !== 'v1') return undefined;
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
  const known = CONFIG_MAPS.find((entry) => entry.name.test(name)) ?? flannelKey(object);
  if (known === undefined) return undefined;
  const value = parsed(text(at(object.manifest, 'data', known.key)));
  return value === undefined ? undefined : { kind: known.kind, object, value, fieldOf: () => ['data', known.key] };
}

/** Flannel, Canal and RKE2 call the ConfigMap differently, and the file in it alike. */
function flannelKey({ manifest }: ModelObject): (typeof CONFIG_MAPS)[number] | undefined {
  const key = 'net-conf.json';
  const isThere = text(at(manifest, 'data', key)) !== undefined;
  return isThere ? { name: /^/, key, kind: 'FlannelNetwork' } : undefined;
}

function parsed(content: string | undefined): unknown {
  if (content === undefined || content.length > LONGEST_TEXT) return undefined;
  try {
    // A pretty error copies its line, and a line may be full of errors.
    return parse(content, { maxAliasCount: 100, logLevel: 'error', prettyErrors: false }) as unknown;
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
