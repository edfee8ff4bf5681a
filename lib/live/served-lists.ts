import { list, member, text } from '../model/json';
import { texts } from '../model';
import { NETWORK_CONFIG_MAPS, NETWORK_KINDS, SAME_OBJECTS } from './network-kinds';

/** A kind that the cluster serves, and where its objects are listed. */
export interface ServedList {
  readonly apiVersion: string;
  readonly kind: string;
  /** As in paths and in permissions: `networkpolicies`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** Only objects of this name. */
  readonly name?: string;
}

/** Versions of a group that the server has, the preferred one first. */
export interface ServedGroup {
  readonly group: string;
  readonly versions: readonly string[];
}

/** The groups of `/apis` that say something about the network, and the core group. */
export function networkGroups(groupList: unknown): readonly ServedGroup[] {
  const served = list(member(groupList, 'groups')).flatMap((entry): ServedGroup[] => {
    const group = text(member(entry, 'name'));
    if (group === undefined || !NETWORK_KINDS.has(group)) return [];
    const versions = list(member(entry, 'versions')).flatMap((version) => text(member(version, 'version')) ?? []);
    const preferred = text(member(member(entry, 'preferredVersion'), 'version'));
    const isPreferred = (version: string): boolean => version === preferred;
    return [{ group, versions: [...versions.filter(isPreferred), ...versions.filter((one) => !isPreferred(one))] }];
  });
  const names = new Set(served.map(({ group }) => group));
  const isRepeated = ({ group }: ServedGroup): boolean => names.has(SAME_OBJECTS.get(group) ?? '/');
  return [{ group: '', versions: ['v1'] }, ...served.filter((entry) => !isRepeated(entry))];
}

export function groupVersionPath({ group }: ServedGroup, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/**
 * What is to be listed of a group: each kind in the first version that has it.
 *
 * @param resourceLists an APIResourceList for each version, in the order of the versions
 */
export function listsOfGroup(
  { group, versions }: ServedGroup,
  resourceLists: readonly unknown[],
): readonly ServedList[] {
  const lists = new Map<string, ServedList>();
  const configMaps: ServedList[] = [];
  for (const [index, resourceList] of resourceLists.entries()) {
    const apiVersion = group === '' ? versions[index] : `${group}/${versions[index]}`;
    for (const resource of list(member(resourceList, 'resources'))) {
      const kind = text(member(resource, 'kind')) ?? '';
      const plural = text(member(resource, 'name')) ?? '';
      if (plural.includes('/') || !texts(member(resource, 'verbs')).includes('list')) continue;
      const served: ServedList = { apiVersion, kind, plural, isNamespaced: member(resource, 'namespaced') === true };
      if (group === '' && kind === 'ConfigMap')
        configMaps.push(...NETWORK_CONFIG_MAPS.map((name) => ({ ...served, name })));
      else if (NETWORK_KINDS.get(group)?.has(kind) && !lists.has(kind)) lists.set(kind, served);
    }
  }
  return [...lists.values(), ...configMaps];
}

/** @param namespace undefined for all */
export function listPath({ apiVersion, plural, name }: ServedList, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = namespace === undefined ? plural : `namespaces/${namespace}/${plural}`;
  return `${root}/${place}${name === undefined ? '' : `?fieldSelector=metadata.name%3D${name}`}`;
}
