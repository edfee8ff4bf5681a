import { objectText } from '../../finding/finding';
import { at, flatMap, type ModelObject, type NetworkModel, nonEmpty, similarNames, textMap } from '../../model';
import { append } from '../../model/lookup';
import type { NetworkRule } from '../network-rule';
import { placeOf, type SecretUse, secretsByPlace, tlsSecretUses } from './tls-secret-uses';

/** Most Secrets are not in the input: it says something only where the input shows which one was meant. */
export const tlsSecretMissing: NetworkRule = {
  code: 'NL455',
  slug: 'tls-secret-missing',
  severity: 'warning',
  title: 'A Secret for TLS is not there, although one with a similar name is, or one in another namespace',
  check(model, report) {
    const uses = tlsSecretUses(model);
    if (uses.length === 0) return;
    const secrets = secretsByPlace(model);
    const made = placesOfMadeSecrets(model);
    const byName = new Map<string, ModelObject[]>();
    for (const secret of secrets.values()) append(byName, secret.ref.name, secret);
    const similar = similarNames([...byName.keys()], (name) => name);
    for (const use of uses) {
      const place = placeOf(use.namespace, use.name);
      if (secrets.has(place) || made.has(place) || isIssued(use.on)) continue;
      const near = similar(use.name);
      const misspelt =
        near === undefined ? undefined : byName.get(near)?.find(({ ref }) => ref.namespace === use.namespace);
      const sameName = byName.get(use.name) ?? [];
      const meant = misspelt ?? (sameName.length === 1 && !isCopied(sameName[0]) ? sameName[0] : undefined);
      if (meant === undefined || isUsed(uses, misspelt)) continue;
      report({
        on: use.on,
        field: use.field,
        message: `there is no Secret ${use.name} in namespace ${use.namespace}`,
        related: [
          {
            on: meant,
            field: ['metadata', 'name'],
            message: misspelt === undefined ? 'one of that name' : 'a similar name',
          },
        ],
        help:
          misspelt === undefined
            ? `${objectText(meant.ref)} is in another namespace: copy it to ${use.namespace}`
            : `did you mean ${misspelt.ref.name}?`,
      });
    }
  },
};

/** A Secret that somebody else names is there for them: the other one may be made elsewhere. */
function isUsed(uses: readonly SecretUse[], secret: ModelObject | undefined): boolean {
  return (
    secret !== undefined &&
    uses.some(({ namespace, name }) => namespace === secret.ref.namespace && name === secret.ref.name)
  );
}

/** cert-manager makes the Secret that stands beside these annotations. */
function isIssued({ manifest }: ModelObject): boolean {
  const keys = [...textMap(at(manifest, 'metadata', 'annotations')).keys()];
  return keys.some((key) => /^(acme\.)?cert-?manager\.(io|k8s\.io)\/|^kubernetes\.io\/tls-acme$/.test(key));
}

/** Something copies it to other namespaces. */
function isCopied({ manifest }: ModelObject): boolean {
  const keys = [...textMap(at(manifest, 'metadata', 'annotations')).keys()];
  return keys.some((key) => /reflect|replicat|kubed/.test(key));
}

/** Of cert-manager, External Secrets, Sealed Secrets and their like. */
function placesOfMadeSecrets(model: NetworkModel): Set<string> {
  const places = new Set<string>();
  const makers = model.types.filter(({ kind, apiVersion }) => /Secret|Certificate/.test(kind) && apiVersion !== 'v1');
  for (const { ref, manifest } of flatMap(makers, ({ objects }) => objects)) {
    const names = [ref.name, ...flatMap(MADE, (path) => nonEmpty(at(manifest, ...path)) ?? [])];
    for (const name of names) places.add(placeOf(ref.namespace ?? '', name));
  }
  return places;
}

const MADE = [
  ['spec', 'secretName'],
  ['spec', 'target', 'name'],
  ['spec', 'template', 'metadata', 'name'],
];
