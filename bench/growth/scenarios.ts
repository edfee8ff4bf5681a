/** What `bench/growth` runs: ordinary repositories for every command, and the worst cases that are known. */
import { clusterTexts } from '../check-corpus';
import {
  cloudOfPools,
  fleetFile,
  ingressesOfOneHost,
  labelledNamespaces,
  manifestOfFleet,
  overlappingPools,
  policiesOfNamespace,
  policiesWithNotIn,
  poolsAndRacks,
  servicesOfOneSelector,
  wildcardHosts,
} from './worst-cases';

export interface Scenario {
  readonly name: string;
  /** Ten times apart, small to large. */
  readonly sizes: readonly number[];
  /** What the command reads, by path below the folder that it runs in. */
  readonly files: (size: number) => Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const ORDINARY = [1000, 10_000];
const HUGE = 100_000;

/** @param isFull with 100,000 objects too */
export function scenarios(isFull: boolean): readonly Scenario[] {
  const sizes = isFull ? [...ORDINARY, HUGE] : ORDINARY;
  const ordinary = (name: string, args: readonly string[], files: Scenario['files'] = repository): Scenario => ({
    name,
    sizes,
    files,
    args,
  });
  return [
    ordinary('check', ['check', 'new']),
    ordinary('check, defective', ['check', 'new'], defective),
    ordinary('check -o json, defective', ['check', 'new', '-o', 'json'], defective),
    ordinary('check -o sarif, defective', ['check', 'new', '-o', 'sarif'], defective),
    ordinary('reach', ['reach', 'new']),
    ordinary('reach -o json', ['reach', 'new', '-o', 'json']),
    ordinary('explain', ['explain', 'team-0/app-0', 'team-0/app-1', '80', 'new']),
    ordinary('whois, an address', ['whois', '10.0.0.1', 'new']),
    ordinary('whois, a host', ['whois', 'app-1.example.com/', 'new']),
    ordinary('capacity', ['capacity', 'new']),
    ordinary('diff, one object changed', ['diff', 'old', 'new'], change),
    ordinary('diff, everything new', ['diff', 'empty', 'new'], everything),
    ordinary('config', ['config', 'new']),
    fleet('plan', ['plan', 'fleet.yaml'], sizes),
    fleet('plan -o json', ['plan', 'fleet.yaml', '-o', 'json'], sizes),
    fleet('plan --write-lock', ['plan', 'fleet.yaml', '--write-lock'], sizes),
    special('Ingresses of one host', 20_000, ingressesOfOneHost),
    special('wildcard hosts', 20_000, wildcardHosts),
    special('Services of one selector', 20_000, servicesOfOneSelector),
    special('pools × racks', 5000, poolsAndRacks),
    special('overlapping IPPools', 20_000, overlappingPools),
    special('IPPools side by side', 20_000, cloudOfPools),
    special('policies of one namespace', 50_000, policiesOfNamespace),
    special('policies of one namespace, reach', 50_000, policiesOfNamespace, ['reach', 'new', '-o', 'json']),
    special('policies with NotIn, reach', 10_000, policiesWithNotIn, ['reach', 'new', '-o', 'json']),
    special('namespaces × labels', 1000, labelledNamespaces),
    special('namespaces × labels, reach', 1000, labelledNamespaces, ['reach', 'new', '-o', 'json']),
    special('clusters with one pod range', 4000, sameRanges, ['plan', 'fleet.yaml']),
    special('kubeadm clusters in one folder', 1000, manifestOfFleet),
  ];
}

function special(
  name: string,
  size: number,
  files: (size: number) => string | Readonly<Record<string, string>>,
  args: readonly string[] = ['check', 'new', '-o', 'json'],
): Scenario {
  return {
    name,
    sizes: [size / 10, size],
    files: (objects) => {
      const made = files(objects);
      return typeof made === 'string' ? { 'new/all.yaml': made } : made;
    },
    args,
  };
}

function fleet(name: string, args: readonly string[], sizes: readonly number[]): Scenario {
  return { name, sizes, files: (size) => ({ 'fleet.yaml': fleetFile(size) }), args };
}

function sameRanges(clusters: number): Readonly<Record<string, string>> {
  const lines = Array.from({ length: clusters }, (_, index) => `  c${index}: {podCidrs: [10.0.0.0/16]}\n`);
  return { 'fleet.yaml': `supernets: [172.16.0.0/12]\nclusters:\n${lines.join('')}` };
}

const OBJECTS_OF_FILE = 100;

function folder(name: string, texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text, index) => [`${name}/${index}.yaml`, text]));
}

function repository(objects: number): Readonly<Record<string, string>> {
  return folder('new', clusterTexts(objects, objects / OBJECTS_OF_FILE, 'correct'));
}

function defective(objects: number): Readonly<Record<string, string>> {
  return folder('new', clusterTexts(objects, objects / OBJECTS_OF_FILE, 'defective'));
}

function change(objects: number): Readonly<Record<string, string>> {
  const texts = clusterTexts(objects, objects / OBJECTS_OF_FILE, 'correct');
  const changed = texts.with(0, texts[0].replace('containerPort: 8080', 'containerPort: 8081'));
  return { ...folder('old', texts), ...folder('new', changed) };
}

function everything(objects: number): Readonly<Record<string, string>> {
  return { ...repository(objects), 'empty/none.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: none}\n' };
}
