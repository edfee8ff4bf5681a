import { type AddressSet, addressSet, rangeOfCidr } from '../address';
import {
  at,
  type FieldPath,
  GATEWAY_API_GROUP,
  type Ingress,
  type IngressBackend,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  positive,
  readMaskedCidr,
  type Route,
  type Service,
  text,
  texts,
  type Workload,
} from '../model';

export type Entrance =
  'load balancer' | 'node port' | 'external IP' | 'host port' | 'Ingress' | 'Gateway listener' | 'Gateway route';

/** A way by which what is outside of the cluster gets in. */
export interface Exposure {
  readonly object: ModelObject;
  readonly entrance: Entrance;
  /** What can be asked for from outside: `443/TCP`, `shop.example.com/api (Prefix)`. */
  readonly address: string;
  /** What answers, where the object says it: `Service shop/web:80`. */
  readonly target: string | null;
  /** Who may come in; undefined for everybody. */
  readonly sources: AddressSet | undefined;
  /** For requests of HTTP: what else answers the same request, from the narrowest to the widest. */
  readonly request: WebRequest | undefined;
  readonly path: FieldPath;
}

export interface WebRequest {
  /** `*` for every host. */
  readonly host: string;
  /** A prefix of paths, `/` for all; undefined where it is no prefix. */
  readonly prefix: string | undefined;
}

export function exposures(model: NetworkModel): Exposure[] {
  return [
    ...model.services.flatMap(serviceExposures),
    ...model.workloads.flatMap(hostPortExposures),
    ...model.ingresses.flatMap(ingressExposures),
    ...[...model.gatewayApi.gateways, ...model.gatewayApi.listenerSets].flatMap(({ object, listeners }) =>
      listeners.map(({ port, protocol, hostname, path }): Exposure => {
        const address = `${port ?? '?'}/${protocol} ${hostname ?? '*'}`;
        return { ...of(object, 'Gateway listener', path), address };
      }),
    ),
    ...model.gatewayApi.routes.flatMap(routeExposures),
  ];
}

function of(object: ModelObject, entrance: Entrance, path: FieldPath): Omit<Exposure, 'address'> {
  return { object, entrance, target: null, sources: undefined, request: undefined, path };
}

const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function serviceExposures(service: Service): Exposure[] {
  const { object, type, ports, externalIps } = service;
  const loadBalancer = type === 'LoadBalancer';
  const withoutNodePorts = at(object.manifest, 'spec', 'allocateLoadBalancerNodePorts') === false;
  return ports.flatMap(({ port, protocol, nodePort, path }): Exposure[] => {
    const address = `${port}/${protocol}`;
    const onNodes = type === 'NodePort' || (loadBalancer && (nodePort !== undefined || !withoutNodePorts));
    return [
      ...(loadBalancer ? [{ ...of(object, 'load balancer', path), address, sources: sourcesOf(object) }] : []),
      // The number is an address, which may move; that the port is open on all nodes is the exposure.
      ...(onNodes ? [{ ...of(object, 'node port', path), address }] : []),
      ...externalIps.map(({ value, path: field }) => ({
        ...of(object, 'external IP', field),
        address: `${value} ${address}`,
      })),
    ];
  });
}

/** `spec.loadBalancerSourceRanges`, and the older annotation where there is no such field. Undefined for everybody. */
function sourcesOf({ manifest }: ModelObject): AddressSet | undefined {
  const field = texts(at(manifest, 'spec', 'loadBalancerSourceRanges'));
  const annotation = nonEmpty(at(manifest, 'metadata', 'annotations', SOURCE_RANGES_ANNOTATION));
  const written = field.length > 0 ? field : (annotation?.split(',') ?? []);
  const cidrs = written.flatMap((entry) => readMaskedCidr(entry.trim()) ?? []);
  return cidrs.length === 0 ? undefined : addressSet(cidrs.map(rangeOfCidr));
}

function hostPortExposures({ object, containerPorts }: Workload): Exposure[] {
  return containerPorts.flatMap(({ hostPort, hostIp, protocol, path }) => {
    if (hostPort === undefined || hostIp?.startsWith('127.') === true || hostIp === '::1') return [];
    return [
      {
        ...of(object, 'host port', path),
        address: `${hostIp === undefined ? '' : `${hostIp} `}${hostPort}/${protocol}`,
      },
    ];
  });
}

function ingressExposures({ object, namespace, routes, defaultBackend }: Ingress): Exposure[] {
  const target = (backend: IngressBackend | undefined): string | null =>
    backend === undefined ? null : `Service ${namespace}/${backend.serviceName}:${backend.port ?? '?'}`;
  return [
    ...routes.map(({ host, path, pathType, backend, field }) => ({
      ...of(object, 'Ingress', field),
      address: `${host}${path} (${pathType})`,
      target: target(backend),
      request: { host, prefix: pathType === 'Prefix' ? path : undefined },
    })),
    ...(defaultBackend === undefined
      ? []
      : [
          {
            ...of(object, 'Ingress', defaultBackend.path),
            address: 'what no rule matches',
            target: target(defaultBackend),
          },
        ]),
  ];
}

/** Routes of a service mesh have a Service as parent: they let nobody in. */
function routeExposures({ object, kind, namespace, hostnames, parents, rules }: Route): Exposure[] {
  if (!parents.some((parent) => parent.group === GATEWAY_API_GROUP)) return [];
  const hosts = hostnames.length === 0 ? ['*'] : hostnames;
  return rules.flatMap(({ matches }, index) => {
    const rule = at(object.manifest, 'spec', 'rules', index);
    const targets = list(member(rule, 'backendRefs')).flatMap((backend) => {
      const name = nonEmpty(member(backend, 'name'));
      const port = positive(member(backend, 'port'));
      const owner = nonEmpty(member(backend, 'namespace')) ?? namespace;
      const backendKind = nonEmpty(member(backend, 'kind')) ?? 'Service';
      return name === undefined ? [] : [`${backendKind} ${owner}/${name}${port === undefined ? '' : `:${port}`}`];
    });
    return matches.flatMap(({ value, path }) =>
      hosts.flatMap((host) =>
        [...new Set(targets.length === 0 ? [null] : targets)].map((target) => ({
          ...of(object, 'Gateway route', path),
          ...requestOf(kind, host, value),
          target,
        })),
      ),
    );
  });
}

function requestOf(kind: Route['kind'], host: string, match: unknown): Pick<Exposure, 'address' | 'request'> {
  if (kind !== 'HTTPRoute') {
    const method = [at(match, 'method', 'service'), at(match, 'method', 'method')].filter(
      (part) => typeof part === 'string',
    );
    return { address: [host, ...method].join(' '), request: undefined };
  }
  const path = text(at(match, 'path', 'value')) ?? '/';
  const type = text(at(match, 'path', 'type')) ?? 'PathPrefix';
  const conditions = ['method', 'headers', 'queryParams'].filter((field) => member(match, field) !== undefined);
  const plain = type === 'PathPrefix' && conditions.length === 0;
  const narrowed = conditions.map((field) => `, ${field} ${JSON.stringify(member(match, field))}`).join('');
  return { address: `${host}${path} (${type}${narrowed})`, request: { host, prefix: plain ? path : undefined } };
}
