import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  concat,
  coreProtocol,
  type FieldPath,
  flatMap,
  list,
  type Listener,
  member,
  nonEmpty,
  record,
  text,
} from '../../model';
import { addressProblem } from '../address-problem';
import { collisions } from '../collisions';
import { isSet, setTo } from '../field-problem';
import { hostHelp } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { withStructure } from '../structure/structure-problems';

/** Types of which a value may stand once. */
const DISTINCT_ADDRESSES = ['IPAddress', 'Hostname'];
const HOST_VALUE = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const WITHOUT_TLS = ['HTTP', 'TCP', 'UDP'];
const WITHOUT_HOSTNAME = ['TCP', 'UDP'];

/** The schema and the validation expressions of the CRD: apis/v1/gateway_types.go of kubernetes-sigs/gateway-api. */
export const gatewayInvalid: NetworkRule = {
  code: 'NL430',
  slug: 'gateway-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A Gateway or a ListenerSet that the API server refuses',
  check(model, report) {
    const { gateways, listenerSets } = model.gatewayApi;
    for (const { object, listeners } of concat(gateways, listenerSets)) {
      const own = concat(
        addressesProblems(list(at(object.manifest, 'spec', 'addresses'))),
        flatMap(list(at(object.manifest, 'spec', 'listeners')), (listener, index) =>
          listenerProblems(listener, ['spec', 'listeners', index]),
        ),
        sameListeners(listeners),
      );
      for (const problem of withStructure(model, object, own)) report({ on: object, ...problem });
    }
  },
};

function addressesProblems(addresses: readonly unknown[]): readonly Problem[] {
  return concat(
    flatMap(addresses, (address, index) => addressProblems(address, ['spec', 'addresses', index])),
    flatMap(
      collisions(
        addresses
          .map((address, index) => ({ address, index }))
          .filter(
            ({ address }) =>
              nonEmpty(member(address, 'value')) !== undefined && DISTINCT_ADDRESSES.includes(addressType(address)),
          ),
        ({ address }) => JSON.stringify([addressType(address), member(address, 'value')]),
      ),
      ({ others }) =>
        others.map(({ address, index }) => ({
          field: ['spec', 'addresses', index, 'value'],
          message: `the address ${String(member(address, 'value'))} appears twice`,
          help: 'remove one of the two',
        })),
    ),
  );
}

function addressType(address: unknown): string {
  return nonEmpty(member(address, 'type')) ?? 'IPAddress';
}

/** An address without a value is one that the implementation chooses. */
function addressProblems(address: unknown, path: FieldPath): readonly Problem[] {
  const type = addressType(address);
  const value = nonEmpty(member(address, 'value'));
  if (value === undefined) return [];
  if (type === 'Hostname') {
    return problemIf(!HOST_VALUE.test(value), {
      field: below(path, 'value'),
      message: `address of type Hostname: ${JSON.stringify(value)} is not a host name`,
      help: 'write a DNS name in lower case, without scheme and port',
    });
  }
  if (type !== 'IPAddress') return [];
  const problem = addressProblem(value);
  return problem === undefined
    ? []
    : [
        {
          field: below(path, 'value'),
          // The API server takes it, and what implementations make of it differs.
          ...(value.toLowerCase().startsWith('::ffff:') && { severity: 'warning' as const }),
          message: `address of type IPAddress: ${problem.message}`,
          help: problem.help,
        },
      ];
}

function listenerProblems(listener: unknown, path: FieldPath): readonly Problem[] {
  const protocol = coreProtocol(text(member(listener, 'protocol')) ?? '');
  const hostname = nonEmpty(member(listener, 'hostname'));
  const hostnameHelp = hostname === undefined ? undefined : hostHelp(hostname);
  return concat(
    problemIf(hostname !== undefined && WITHOUT_HOSTNAME.includes(protocol), {
      field: below(path, 'hostname'),
      message: `a listener of protocol ${protocol} must not have a hostname`,
      help: `remove the hostname: ${protocol} knows no hosts`,
    }),
    hostname === undefined || hostnameHelp === undefined || WITHOUT_HOSTNAME.includes(protocol)
      ? []
      : [
          {
            field: below(path, 'hostname'),
            message: `hostname ${JSON.stringify(hostname)} is not a host name`,
            help: hostnameHelp,
            ...(hostHelp(hostname.toLowerCase()) === undefined &&
              setTo(below(path, 'hostname'), hostname.toLowerCase())),
          },
        ],
    tlsProblems(member(listener, 'tls'), protocol, below(path, 'tls')),
    allowedRoutesProblems(member(listener, 'allowedRoutes'), below(path, 'allowedRoutes')),
  );
}

function tlsProblems(tls: unknown, protocol: string, path: FieldPath): readonly Problem[] {
  if (record(tls) === undefined) {
    return problemIf(protocol === 'TLS', {
      field: path,
      message: 'a listener of protocol TLS has to say its tls.mode',
      help: 'set tls.mode to Passthrough, or to Terminate together with tls.certificateRefs',
    });
  }
  if (WITHOUT_TLS.includes(protocol)) {
    return [
      {
        field: path,
        message: `a listener of protocol ${protocol} must not have tls`,
        help: protocol === 'HTTP' ? 'did you mean protocol HTTPS?' : 'use protocol TLS, or remove tls',
      },
    ];
  }
  // The CRD has a default for the mode.
  const mode = nonEmpty(member(tls, 'mode')) ?? 'Terminate';
  if (protocol === 'HTTPS' && mode !== 'Terminate') {
    return [
      {
        field: below(path, 'mode'),
        message: `the tls.mode of a listener of protocol HTTPS is ${mode}, and must be Terminate`,
        help: 'use protocol TLS and a TLSRoute to pass TLS through',
      },
    ];
  }
  const hasOptions = Object.keys(record(member(tls, 'options')) ?? {}).length > 0;
  return problemIf(mode === 'Terminate' && list(member(tls, 'certificateRefs')).length === 0 && !hasOptions, {
    field: path,
    message: 'tls.mode Terminate needs a certificate',
    help: 'give tls.certificateRefs, or the tls.options that your implementation knows',
  });
}

function allowedRoutesProblems(allowed: unknown, path: FieldPath): readonly Problem[] {
  const from = nonEmpty(at(allowed, 'namespaces', 'from')) ?? 'Same';
  return concat(
    problemIf(from === 'Selector' && !isSet(at(allowed, 'namespaces', 'selector')), {
      field: below(path, 'namespaces', 'selector'),
      severity: 'warning',
      message: 'allowedRoutes.namespaces.from is Selector, and there is no selector: no namespace may attach routes',
      help: 'give the labels of the namespaces in allowedRoutes.namespaces.selector',
    }),
  );
}

function sameListeners(listeners: readonly Listener[]): readonly Problem[] {
  const named = listeners.filter(({ name }) => name !== '');
  const placed = listeners.filter(({ port }) => port !== undefined);
  return concat(
    flatMap(
      collisions(named, ({ name }) => name),
      ({ others }) =>
        others.map(({ name, path }) => ({
          field: below(path, 'name'),
          message: `two listeners have the name ${name}`,
          help: 'give each listener a name of its own',
        })),
    ),
    flatMap(
      collisions(placed, ({ port, protocol, hostname }) => JSON.stringify([port, protocol, hostname ?? ''])),
      ({ first, others }) =>
        others.map(({ name, port, protocol, hostname, path }) => ({
          field: path,
          message: `listeners ${first.name} and ${name} have the same port, protocol and hostname: ${String(port)}, ${protocol}, ${hostname ?? 'all hosts'}`,
          help: 'give them different hostnames, or make one listener of the two',
        })),
    ),
  );
}

function problemIf(is: boolean, problem: Problem): readonly Problem[] {
  return is ? [problem] : [];
}
