import { objectText } from '../../finding/finding';
import {
  at,
  type FieldPath,
  flatMap,
  integer,
  list,
  type Listener,
  member,
  nonEmpty,
  record,
  type Route,
} from '../../model';
import type { NetworkRule } from '../network-rule';
import { attachments } from './route-attachment';

const PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
]);

/** What is not set stays as it is in the request; the port is that of the scheme, or of the listener (HTTPRequestRedirectFilter). */
export const redirectLoop: NetworkRule = {
  code: 'NL447',
  slug: 'redirect-loop',
  severity: 'warning',
  title: 'A route redirects requests to where they came from',
  check(model, report) {
    for (const { route, parent, gateway, attached } of attachments(model)) {
      for (const { redirect, path } of redirects(route)) {
        const listener = attached.find((each) => leadsTo(each, redirect, route));
        if (listener === undefined) continue;
        report({
          on: route.object,
          field: path,
          message: `requests of listener ${listener.name} (${listener.protocol}, port ${String(listener.port)}) are redirected to the same address, without end`,
          related: [
            { on: route.object, field: parent.path, message: 'where the route attaches' },
            { on: gateway.object, field: listener.path, message: `listener of ${objectText(gateway.object.ref)}` },
          ],
          help: 'name in sectionName the listener whose requests are to be redirected, that of HTTP as a rule',
        });
      }
    }
  },
};

interface Redirect {
  readonly redirect: unknown;
  readonly path: FieldPath;
}

/** Of rules whose matches hold for the redirected request as well: its headers may be others, such as X-Forwarded-Proto. */
function redirects({ kind, object }: Route): readonly Redirect[] {
  if (kind !== 'HTTPRoute') return [];
  return flatMap(list(at(object.manifest, 'spec', 'rules')), (rule, index) => {
    const matches = list(member(rule, 'matches'));
    if (matches.length > 0 && matches.every((match) => list(member(match, 'headers')).length > 0)) return [];
    return flatMap(list(member(rule, 'filters')), (filter, place) => {
      const redirect = record(member(filter, 'requestRedirect'));
      return redirect === undefined ? [] : [{ redirect, path: ['spec', 'rules', index, 'filters', place] }];
    });
  });
}

function leadsTo({ protocol, port }: Listener, redirect: unknown, { hostnames }: Route): boolean {
  const own = SCHEMES.get(protocol);
  const scheme = nonEmpty(member(redirect, 'scheme'));
  const target = integer(member(redirect, 'port')) ?? (scheme === undefined ? port : PORTS.get(scheme));
  const hostname = nonEmpty(member(redirect, 'hostname'));
  const staysOnHost = hostname === undefined || (hostnames.length === 1 && hostnames[0] === hostname);
  return (
    own !== undefined &&
    (scheme ?? own) === own &&
    target === port &&
    staysOnHost &&
    record(member(redirect, 'path')) === undefined
  );
}
