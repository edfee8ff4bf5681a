import { at, concat, record, textMap } from '../../model';
import type { NetworkRule } from '../network-rule';

/** What gives a Gateway its certificates without a Secret. */
const CERTIFICATE_ANNOTATIONS = ['networking.gke.io/certmap'];

/** `tls` is required for HTTPS (Listener, `tls`), which the API server does not check; some clouds find certificates elsewhere. */
export const listenerWithoutCertificate: NetworkRule = {
  code: 'NL454',
  slug: 'listener-without-certificate',
  severity: 'warning',
  title: 'A listener of protocol HTTPS has no certificate',
  check({ gatewayApi: { gateways, listenerSets } }, report) {
    for (const { object, listeners } of concat(gateways, listenerSets)) {
      const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
      if (CERTIFICATE_ANNOTATIONS.some((name) => annotations.has(name))) continue;
      for (const { name, protocol, path } of listeners) {
        if (protocol !== 'HTTPS' || record(at(object.manifest, ...path, 'tls')) !== undefined) continue;
        report({
          on: object,
          field: path,
          message: `listener ${name} is HTTPS and has no tls`,
          help: 'give tls.certificateRefs, unless your implementation finds the certificate by itself',
        });
      }
    }
  },
};
