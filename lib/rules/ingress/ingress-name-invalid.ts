import { below, concat, flatMap, list, member, nonEmpty, text } from '../../model';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { setTo, withoutEmpty } from '../field-problem';
import { hostHelp } from '../host-name';
import { ingressesV1 } from './ingress-spec';
import type { NetworkRule } from '../network-rule';

/** ValidateIngressSpec and validateIngressTLS of pkg/apis/networking/validation. */
export const ingressNameInvalid: NetworkRule = {
  code: 'NL405',
  slug: 'ingress-name-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An Ingress names a host, a Secret or a class in a form that the API server refuses',
  check(model, report) {
    for (const ingress of ingressesV1(model)) {
      const hosts = concat(
        ingress.rules.map(({ value, path }) => ({
          host: nonEmpty(member(value, 'host')),
          field: below(path, 'host'),
          isTls: false,
        })),
        flatMap(ingress.tls, ({ value, path }) =>
          list(member(value, 'hosts')).map((host, index) => ({
            host: text(host ?? ''),
            field: below(path, 'hosts', index),
            isTls: true,
          })),
        ),
      );
      for (const { host: name, field, isTls } of hosts) {
        const help = name === undefined ? undefined : hostHelp(name);
        if (name === undefined || help === undefined) continue;
        report({
          on: ingress.object,
          field,
          // Here the API server takes an IPv4 address, whose digits are labels; clients name none when they connect.
          ...(isTls && isDnsSubdomain(name) && { severity: 'warning' as const }),
          message: `host ${JSON.stringify(name)} is not a host name`,
          help,
          // DNS does not tell upper case from lower case; the API server does.
          ...(hostHelp(name.toLowerCase()) === undefined && setTo(field, name.toLowerCase())),
        });
      }
      const className = text(member(ingress.spec, 'ingressClassName'));
      if (className !== undefined && !isDnsSubdomain(className)) {
        report({
          on: ingress.object,
          field: ['spec', 'ingressClassName'],
          message: `ingressClassName ${JSON.stringify(className)} is not the name of an IngressClass`,
          help:
            className === ''
              ? 'leave it out for the class that is the default'
              : 'use a DNS-1123 subdomain: lower-case letters, digits, hyphens and dots',
          ...withoutEmpty(['spec', 'ingressClassName'], className),
        });
      }
      for (const { value, path } of ingress.tls) {
        const secret = nonEmpty(member(value, 'secretName'));
        if (secret === undefined || isDnsSubdomain(secret)) continue;
        report({
          on: ingress.object,
          field: below(path, 'secretName'),
          message: `secretName ${JSON.stringify(secret)} is not the name of a Secret`,
          help: 'use a DNS-1123 subdomain: lower-case letters, digits, hyphens and dots. The Secret is one of the namespace of the Ingress',
        });
      }
    }
  },
};
