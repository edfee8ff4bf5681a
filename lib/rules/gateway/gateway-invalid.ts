import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  concat,
  coreProtocol,
  type FieldPath,
  flatMap,
  type Gateway,
  integer,
  list,
  type Listener,
  type ListenerSet,
  member,
  type ModelObject,
  nonEmpty,
  record,
  text,
} from '../../model';
import { isDnsSubdomain, isQualifiedName } from '../../syntax/name-syntax';
import { addressProblem } from '../address-problem';
import { collisions } from '../collisions';
import { asPortNumber, inRightCase, isSet, setTo } from '../field-problem';
import { hostHelp } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { withStructure } from '../structure/structure-problems';

const MOST_LISTENERS = 64;
const MOST_ADDRESSES = 16;
const MOST_KINDS = 8;
const MOST_OF_INFRASTRUCTURE: ReadonlyMap<string, number> = new Map([
  ['labels', 8],
  ['annotations', 16],
]);
const ADDRESS_TYPES = ['IPAddress', 'Hostname', 'NamedAddress'];
/** Types of which a value may stand once. */
const DISTINCT_ADDRESSES = ['IPAddress', 'Hostname'];
const OF_A_VENDOR =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const HOST_VALUE = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PROTOCOL =
  /^([a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+)$/;
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
    for (const { object, listeners, problems } of concat(
      gateways.map((gateway) => ({
        ...gateway,
        problems: concat(gatewayProblems(gateway), listenerCountProblems(gateway)),
      })),
      listenerSets.map((set) => ({
        ...set,
        problems: concat(parentProblems(set), listenerCountProblems(set)),
      })),
    )) {
      const own = concat(
        problems,
        flatMap(list(at(object.manifest, 'spec', 'listeners')), (listener, index) =>
          listenerProblems(object, listener, ['spec', 'listeners', index]),
        ),
        sameListeners(listeners),
      );
      for (const problem of withStructure(model, object, own)) report({ on: object, ...problem });
    }
  },
};

type WithListeners = Pick<Gateway, 'object' | 'listeners'>;

function listenerCountProblems({ object, listeners }: WithListeners): readonly Problem[] {
  return concat(
    problemIf(listeners.length === 0, {
      field: ['spec', 'listeners'],
      message: `the ${object.ref.kind} has no listeners`,
      help: 'give at least one, with name, port and protocol',
    }),
    problemIf(listeners.length > MOST_LISTENERS, {
      field: ['spec', 'listeners'],
      message: `the ${object.ref.kind} has ${listeners.length} listeners, more than ${MOST_LISTENERS}`,
      help: 'spread them over several Gateways or ListenerSets',
    }),
  );
}

function parentProblems({ parent }: ListenerSet): readonly Problem[] {
  return problemIf(parent === undefined, {
    field: ['spec', 'parentRef'],
    message: 'the ListenerSet names no Gateway',
    help: 'set spec.parentRef.name',
  });
}

function gatewayProblems({ object, className }: Gateway): readonly Problem[] {
  const addresses = list(at(object.manifest, 'spec', 'addresses'));
  return concat(
    problemIf(className === undefined, {
      field: ['spec', 'gatewayClassName'],
      message: 'the Gateway names no GatewayClass',
      help: 'set spec.gatewayClassName',
    }),
    problemIf(addresses.length > MOST_ADDRESSES, {
      field: ['spec', 'addresses'],
      message: `the Gateway asks for ${addresses.length} addresses, more than ${MOST_ADDRESSES}`,
      help: 'spread them over several Gateways',
    }),
    flatMap(addresses, (address, index) => addressProblems(address, ['spec', 'addresses', index])),
    infrastructureProblems(at(object.manifest, 'spec', 'infrastructure'), ['spec', 'infrastructure']),
    frontendProblems(at(object.manifest, 'spec', 'tls', 'frontend'), ['spec', 'tls', 'frontend']),
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
          message: `the address ${String(member(address, 'value'))} stands twice`,
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
  if (!ADDRESS_TYPES.includes(type) && !OF_A_VENDOR.test(type)) {
    return [
      {
        field: below(path, 'type'),
        message: `there is no address of type ${type}`,
        help: 'use IPAddress or Hostname, or the type of an implementation, as example.com/name',
        ...inRightCase(below(path, 'type'), type, ADDRESS_TYPES),
      },
    ];
  }
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
          message: `address of type IPAddress: ${problem.reason}`,
          help: problem.help,
        },
      ];
}

/** What the objects that the implementation makes for the Gateway get. */
function infrastructureProblems(infrastructure: unknown, path: FieldPath): readonly Problem[] {
  return flatMap([...MOST_OF_INFRASTRUCTURE], ([field, most]) => {
    const keys = Object.keys(record(member(infrastructure, field)) ?? {});
    return concat(
      problemIf(keys.length > most, {
        field: below(path, field),
        message: `infrastructure has ${keys.length} ${field}, more than ${most}`,
        help: 'give the rest in the object of infrastructure.parametersRef, if the implementation has such a one',
      }),
      keys
        .filter((key) => !isQualifiedName(key))
        .map((key) => ({
          field: below(path, field, key),
          message: `${JSON.stringify(key)} is not the key of one of the ${field}`,
          help: 'use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be',
        })),
    );
  });
}

/** GatewayTLSConfig: how clients are asked for certificates. */
function frontendProblems(frontend: unknown, path: FieldPath): readonly Problem[] {
  if (record(frontend) === undefined) return [];
  const ports = flatMap(list(member(frontend, 'perPort')), (entry, index) => {
    const port = integer(member(entry, 'port'));
    return port === undefined ? [] : [{ port, index }];
  });
  return concat(
    problemIf(record(member(frontend, 'default')) === undefined, {
      field: path,
      message: 'tls.frontend has no default',
      help: 'give default: {}: it holds for the ports that perPort does not name',
    }),
    flatMap(
      collisions(ports, ({ port }) => String(port)),
      ({ others }) =>
        others.map(({ port, index }) => ({
          field: below(path, 'perPort', index, 'port'),
          message: `port ${port} stands twice in perPort`,
          help: 'keep one of the two',
        })),
    ),
  );
}

function listenerProblems({ ref }: ModelObject, listener: unknown, path: FieldPath): readonly Problem[] {
  const name = text(member(listener, 'name')) ?? '';
  const protocol = coreProtocol(text(member(listener, 'protocol')) ?? '');
  const writtenPort = member(listener, 'port');
  const port = integer(writtenPort) ?? 0;
  // Of an XListenerSet the implementation may choose the port.
  const isChosen = ref.kind === 'XListenerSet' && (!isSet(writtenPort) || writtenPort === 0);
  const hostname = nonEmpty(member(listener, 'hostname'));
  const hostnameHelp = hostname === undefined ? undefined : hostHelp(hostname);
  return concat(
    problemIf(!isDnsSubdomain(name), {
      field: below(path, 'name'),
      message: name === '' ? 'the listener has no name' : `${JSON.stringify(name)} is not the name of a listener`,
      help: 'use lower-case letters, digits, hyphens and dots: routes refer to it as their sectionName',
    }),
    problemIf(!PROTOCOL.test(protocol), {
      field: below(path, 'protocol'),
      message: protocol === '' ? 'the listener has no protocol' : `${JSON.stringify(protocol)} is not a protocol`,
      help: 'use HTTP, HTTPS, TLS, TCP or UDP',
    }),
    problemIf((port < 1 || port > 65535) && !isChosen, {
      field: below(path, 'port'),
      message: port === 0 ? 'the listener has no port' : `${port} is not a port`,
      help: 'use a number from 1 to 65535',
      ...asPortNumber(below(path, 'port'), writtenPort),
    }),
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
  if (mode !== 'Terminate' && mode !== 'Passthrough') {
    return [
      {
        field: below(path, 'mode'),
        message: `there is no tls.mode ${mode}`,
        help: 'use Terminate or Passthrough',
        ...inRightCase(below(path, 'mode'), mode, ['Terminate', 'Passthrough']),
      },
    ];
  }
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
  const kinds = list(member(allowed, 'kinds'));
  return concat(
    problemIf(!['All', 'Same', 'Selector', 'None'].includes(from), {
      field: below(path, 'namespaces', 'from'),
      message: `allowedRoutes.namespaces.from must not be ${from}`,
      help: 'use All, Same or Selector',
      ...inRightCase(below(path, 'namespaces', 'from'), from, ['All', 'Same', 'Selector', 'None']),
    }),
    problemIf(from === 'Selector' && !isSet(at(allowed, 'namespaces', 'selector')), {
      field: below(path, 'namespaces', 'selector'),
      severity: 'warning',
      message: 'allowedRoutes.namespaces.from is Selector, and there is no selector: no namespace may attach routes',
      help: 'give the labels of the namespaces in allowedRoutes.namespaces.selector',
    }),
    problemIf(kinds.length > MOST_KINDS, {
      field: below(path, 'kinds'),
      message: `the listener allows ${kinds.length} kinds of routes, more than ${MOST_KINDS}`,
      help: 'leave kinds out: the protocol decides then',
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
