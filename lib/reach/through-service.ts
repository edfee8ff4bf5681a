import { formatAddress, parseRange } from '../address';
import {
  at,
  concat,
  flatMap,
  integer,
  labelSelectorText,
  list,
  member,
  type NetworkModel,
  nonEmpty,
  readIpAddress,
  type Service,
  type ServicePort,
} from '../model';
import { type ConnectionSet, type ConnectionSets, isProtocol, NO_CONNECTIONS } from './connection-set';
import type { End } from './explanation';
import type { ReachWorkload } from './pods';

/**
 * What stands behind a Service: policies see the connection after its address and port have been replaced by those of a pod (NetworkPolicy, "the
 * cluster ingress and egress mechanisms often require rewriting the source or destination IP of packets").
 */
export interface BehindService {
  readonly end: End;
  /** What was asked of the Service, as ports behind it. */
  readonly portsOf: (sets: ConnectionSets) => ConnectionSet;
  /** `Service shop/api 10.96.0.7: 80 → 8080 of shop/api[Deployment]`. */
  readonly text: string;
}

/** The Service that has the address, or whose name is meant: `shop/api[Service]`, or `shop/api` where no workload is called so. */
export function serviceMeant(
  model: NetworkModel,
  text: string,
  workloads: readonly ReachWorkload[],
): Service | undefined {
  const address = readIpAddress(text);
  if (address !== undefined) {
    const wanted = formatAddress(address);
    return model.services.find(({ clusterIps }) =>
      clusterIps.some(({ value }) => {
        const own = readIpAddress(value);
        return own !== undefined && formatAddress(own) === wanted;
      }),
    );
  }
  const asked = text.replace(/\[Service\]$/, '');
  const isWorkload = asked === text && workloads.some(({ namespace, name }) => `${namespace}/${name}` === text);
  const [namespace, name = '', ...rest] = asked.split('/');
  return isWorkload || name === '' || rest.length > 0 ? undefined : model.service(namespace, name);
}

/** A Service that leads to nobody, to several, or by no such port: why, and what to do. */
export interface NoWayBehind {
  readonly problem: string;
  readonly help: string;
}

export function behindService(
  model: NetworkModel,
  service: Service,
  workloads: readonly ReachWorkload[],
  port: string | undefined,
): BehindService | NoWayBehind {
  const name = `Service ${service.namespace}/${service.name}`;
  const asked = portsAsked(service, port);
  if (asked.length === 0) {
    const known = service.ports.map(
      (own) => `${own.port}/${own.protocol}${own.name === undefined ? '' : ` (${own.name})`}`,
    );
    return { problem: `${name} has no port ${port ?? ''}`.trim(), help: `it has ${known.join(', ') || 'none'}` };
  }
  if (service.selector === undefined) return endpointsBehind(model, service, asked, name);
  const objects = new Set(model.selectors.select(service.namespace, service.selector).map(({ object }) => object));
  const behind = workloads.filter(({ pods }) =>
    pods.some(({ object, workload }) => objects.has(object) || objects.has(workload.object)),
  );
  if (behind.length !== 1) {
    const texts = behind.slice(0, 5).map((workload) => workload.text);
    return behind.length === 0
      ? {
          problem: `no pod is behind ${name}: its selector is ${labelSelectorText(service.selector)}`,
          help: 'netloom check says what comes near',
        }
      : { problem: `${behind.length} workloads are behind ${name}`, help: `name one of them: ${texts.join(', ')}` };
  }
  const [workload] = behind;
  return {
    end: { workload },
    text: `${name}${addressOf(service)}: ${asked.map((own) => `${own.port} → ${own.targetPort ?? own.port}`).join(', ')} of ${workload.text}`,
    portsOf: (sets) =>
      workload.pods.reduce(
        (sum, { containerPorts }) =>
          asked.reduce((all, { targetPort, port: own, protocol }) => {
            const numbers =
              typeof targetPort === 'string'
                ? containerPorts
                    .filter((one) => one.name === targetPort && one.protocol === protocol)
                    .map(({ containerPort }) => containerPort)
                : [targetPort ?? own];
            return numbers.reduce((every, number) => sets.union(every, portSet(sets, protocol, number)), all);
          }, sum),
        NO_CONNECTIONS,
      ),
  };
}

/** Endpoints that somebody else writes, as the API server does for its own Service. */
function endpointsBehind(
  { endpoints }: NetworkModel,
  { namespace, name, type }: Service,
  asked: readonly ServicePort[],
  text: string,
): BehindService | NoWayBehind {
  const own = endpoints.find(
    (one) => one.namespace === namespace && one.serviceName === name && one.addresses.length > 0,
  );
  const address = own?.addresses.at(0)?.value;
  if (own === undefined || address === undefined || type === 'ExternalName') {
    return {
      problem: `${text} has no selector${type === 'ExternalName' ? '' : ', and its endpoints were not read'}`,
      help:
        namespace === 'default' && name === 'kubernetes'
          ? 'name the address of the API server itself and its port, 6443 as a rule: policies see those'
          : 'name the address that is behind it: policies see that one',
    };
  }
  const { manifest } = own.object;
  const ports = flatMap(concat(list(member(manifest, 'ports')), list(at(manifest, 'subsets', 0, 'ports'))), (one) => {
    const number = integer(member(one, 'port'));
    return number === undefined
      ? []
      : [{ name: nonEmpty(member(one, 'name')), protocol: nonEmpty(member(one, 'protocol')) ?? 'TCP', number }];
  });
  const meant = ports.filter(({ name: portName, protocol }) =>
    asked.some((one) => one.protocol === protocol && (ports.length === 1 || one.name === portName)),
  );
  return {
    end: { range: parseRange(address) },
    text: `${text}: ${asked.map(({ port }) => port).join(', ')} → ${meant.map(({ number }) => number).join(', ')} of ${address}`,
    portsOf: (sets) =>
      meant.reduce((all, { protocol, number }) => sets.union(all, portSet(sets, protocol, number)), NO_CONNECTIONS),
  };
}

function addressOf({ clusterIps }: Service): string {
  const address = clusterIps.at(0)?.value;
  return address === undefined ? '' : ` ${address}`;
}

/** By number, by number and protocol, or by name; all of them where none is asked for. */
function portsAsked({ ports }: Service, text: string | undefined): readonly ServicePort[] {
  if (text === undefined) return ports;
  const [number, protocol = ''] = text.split('/');
  return ports.filter(
    (own) =>
      own.name === text ||
      (String(own.port) === number && (protocol === '' || own.protocol === protocol.toUpperCase())),
  );
}

function portSet(sets: ConnectionSets, protocol: string, number: number): ConnectionSet {
  return isProtocol(protocol) ? sets.port(protocol, number) : NO_CONNECTIONS;
}
