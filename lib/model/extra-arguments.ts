import type { ConfigDocument } from './config-document';
import { at, list, member, text } from './json';
import { flatMap } from './lists';
import { below, type FieldPath, type ModelObject } from './source-object';

/** An entry of `extraArgs`: a map in v1beta3, a list of names and values, of which the last counts, in v1beta4. */
export function extraArgument(
  { value }: Pick<ConfigDocument, 'value'>,
  component: string,
  name: string,
  field = 'extraArgs',
): readonly { path: FieldPath; content: string }[] {
  const extraArgs = at(value, component, field);
  const path = [component, field];
  if (!Array.isArray(extraArgs)) {
    const content = text(member(extraArgs, name));
    return content === undefined ? [] : [{ path: below(path, name), content }];
  }
  return flatMap(list(extraArgs), (entry, index) => {
    const content = member(entry, 'name') === name ? text(member(entry, 'value')) : undefined;
    return content === undefined ? [] : [{ path: below(path, index, 'value'), content }];
  }).slice(-1);
}

/** An argument of a component of the control plane that runs as a static pod, as kubeadm writes them: the last one counts. */
export function staticPodArgument(
  { ref, manifest }: ModelObject,
  component: string,
  name: string,
): readonly { path: FieldPath; content: string }[] {
  const isComponent = ref.name === component || ref.name.startsWith(`${component}-`);
  if (ref.kind !== 'Pod' || ref.apiVersion !== 'v1' || !isComponent) return [];
  return flatMap(list(at(manifest, 'spec', 'containers')), (container, index) =>
    flatMap(['command', 'args'], (field) =>
      flatMap(list(member(container, field)), (argument, position) => {
        const written = text(argument) ?? '';
        return written.startsWith(`--${name}=`)
          ? [{ path: ['spec', 'containers', index, field, position], content: written.slice(name.length + 3) }]
          : [];
      }),
    ),
  ).slice(-1);
}
