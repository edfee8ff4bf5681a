import { at, textMap } from '../../model';
import type { NetworkRule } from '../network-rule';

const SNIPPETS = [
  'auth-snippet',
  'configuration-snippet',
  'modsecurity-snippet',
  'server-snippet',
  'stream-snippet',
].map((name) => `nginx.ingress.kubernetes.io/${name}`);

/** CVE-2021-25742; the controller ignores or refuses them unless `allow-snippet-annotations` is set. */
export const ingressNginxSnippet: NetworkRule = {
  code: 'NL414',
  slug: 'ingress-nginx-snippet',
  severity: 'warning',
  ofFieldNames: true,
  title: 'An Ingress puts a snippet into the configuration of ingress-nginx',
  check(model, report) {
    for (const { object } of model.ingresses) {
      const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
      for (const name of SNIPPETS) {
        if ((annotations.get(name) ?? '') === '') continue;
        report({
          on: object,
          field: ['metadata', 'annotations', name],
          message: `${name} is off by default in ingress-nginx: anyone who can write it can read the Secrets of all namespaces`,
          help: 'use the annotation that is made for the purpose, or a filter of a Gateway API route: nothing else than ingress-nginx, which is retired, knows snippets',
        });
      }
    }
  },
};
