import { objectText } from '../../finding/finding';
import { concat, type NetworkModel, type Service } from '../../model';
import { internalAliases } from './external-name-targets';
import type { NetworkRule } from '../network-rule';

/** A CNAME that leads back to itself has no answer (RFC 1034, section 3.6.2). */
export const externalNameLoop: NetworkRule = {
  code: 'NL302',
  slug: 'external-name-loop',
  severity: 'error',
  title: 'ExternalName Services are aliases of each other in a circle',
  check(model, report) {
    for (const [first, ...others] of loops(model)) {
      report({
        on: first.object,
        field: ['spec', 'externalName'],
        message:
          others.length === 0
            ? 'the Service is an alias of itself'
            : `the alias leads back to itself: ${[first, ...others, first].map(({ object }) => objectText(object.ref)).join(', ')}`,
        related: others.map(({ object }) => ({
          on: object,
          field: ['spec', 'externalName'],
          message: 'part of the circle',
        })),
        help: 'let one of them name the DNS name or the Service that is really meant',
      });
    }
  },
};

/** Each begins with the Service that comes first in the model. Every alias has one target, so that one walk finds each circle once. */
function loops(model: NetworkModel): readonly (readonly Service[])[] {
  const next = new Map<Service, Service>();
  for (const { service, namespace, name, endpoint } of internalAliases(model)) {
    const target = endpoint ? undefined : model.service(namespace, name);
    if (target !== undefined) next.set(service, target);
  }
  const walkOf = new Map<Service, Service>();
  const found: Service[][] = [];
  for (const start of next.keys()) {
    const walk: Service[] = [];
    let current: Service | undefined = start;
    while (current !== undefined && !walkOf.has(current)) {
      walkOf.set(current, start);
      walk.push(current);
      current = next.get(current);
    }
    if (current !== undefined && walkOf.get(current) === start) found.push(walk.slice(walk.indexOf(current)));
  }
  const order = new Map(model.services.map((service, index) => [service, index]));
  return found.map((loop) => fromFirst(loop, (service) => order.get(service) ?? 0));
}

function fromFirst(loop: readonly Service[], orderOf: (service: Service) => number): readonly Service[] {
  const start = loop.reduce((best, service, index) => (orderOf(service) < orderOf(loop[best]) ? index : best), 0);
  return concat(loop.slice(start), loop.slice(0, start));
}
