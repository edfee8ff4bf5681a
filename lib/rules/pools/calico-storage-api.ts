import { apiGroup } from '../../model';
import type { NetworkRule } from '../network-rule';

/** The API server of Calico stores its objects under this group; what is written there is neither validated nor completed. */
export const calicoStorageApi: NetworkRule = {
  code: 'NL606',
  slug: 'calico-storage-api',
  severity: 'warning',
  layer: 'object',
  title: 'An object of Calico is written in the format of its storage',
  check(model, report) {
    for (const { apiVersion, kind, objects } of model.types) {
      if (apiGroup(apiVersion) !== 'crd.projectcalico.org' || OWN_KINDS.has(kind)) continue;
      for (const object of objects)
        report({
          on: object,
          field: ['apiVersion'],
          message: `${apiVersion} is the storage of Calico: it takes this ${kind} without validation and without defaults`,
          help: 'write apiVersion: projectcalico.org/v3, and apply it with kubectl (needs the API server of Calico) or calicoctl',
        });
    }
  },
};

/** Calico alone writes these; they turn up in backups. */
const OWN_KINDS: ReadonlySet<string> = new Set(['BlockAffinity', 'IPAMBlock', 'IPAMHandle', 'IPAMConfig']);
