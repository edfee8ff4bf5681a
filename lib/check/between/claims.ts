import { type AddressRange, type Cidr, formatCidr, rangeOfCidr } from '../../address';
import {
  at,
  flatMap,
  isMetalLb,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  readIpAddress,
  type FieldPath,
} from '../../model';
import { addressFields } from '../../rules/addresses';

/** A cluster as it is compared with others. */
export interface ComparedCluster {
  readonly name: string;
  readonly model: NetworkModel;
}

/** Something that a cluster takes for itself. */
export interface Claim {
  readonly cluster: string;
  /** Null for a fact that no object states. */
  readonly place: { readonly on: ModelObject; readonly field: FieldPath } | null;
  readonly text: string;
}

export interface RangeClaim extends Claim {
  readonly range: AddressRange;
  readonly role: string;
}

/** The ranges that must be apart wherever pods or Services of the clusters can reach one another. */
export function rangeClaims({ name, model }: ComparedCluster): readonly RangeClaim[] {
  const { podCidrs = [], serviceCidrs = [] } = model.facts;
  const claim =
    (role: string) =>
    (cidr: Cidr): RangeClaim => ({
      cluster: name,
      place: null,
      text: formatCidr(cidr),
      range: rangeOfCidr(cidr),
      role,
    });
  return [...podCidrs.map(claim('pods')), ...serviceCidrs.map(claim('Services'))];
}

/** The addresses that a cluster may give to its load balancers, as its pools say; without pools, as is known. */
export function poolClaims({ name, model }: ComparedCluster): readonly RangeClaim[] {
  const pools = model.loadBalancerPools.filter(({ disabled }) => !disabled);
  if (pools.length === 0) {
    return (model.facts.loadBalancerCidrs ?? []).map((cidr) => ({
      cluster: name,
      place: null,
      text: formatCidr(cidr),
      range: rangeOfCidr(cidr),
      role: 'load balancers',
    }));
  }
  return flatMap(pools, ({ object, blocks }) =>
    blocks.map(({ range, text, path }) => ({
      cluster: name,
      place: { on: object, field: path },
      text,
      range,
      role: 'load balancers',
    })),
  );
}

/** Addresses that Services ask for by name, each once. */
export function addressClaims({ name, model }: ComparedCluster): readonly Claim[] {
  const claims = flatMap(model.services, (service) =>
    addressFields(service.loadBalancerIps).map(({ text, path }): Claim => ({
      cluster: name,
      place: { on: service.object, field: path },
      text,
    })),
  );
  return [...new Map(claims.map((claim) => [claim.text, claim])).values()];
}

/** Hosts of Ingresses and routes, each once. A host that stands for several is none that two could claim by mistake. */
export function hostClaims({ name, model }: ComparedCluster): readonly Claim[] {
  const ofIngresses = flatMap(model.ingresses, ({ object, routes }) =>
    routes.map(({ host, field }): Claim => ({ cluster: name, place: { on: object, field }, text: host })),
  );
  const ofRoutes = flatMap(model.gatewayApi.routes, ({ object, hostnames }) =>
    hostnames.map((host, index): Claim => ({
      cluster: name,
      place: { on: object, field: ['spec', 'hostnames', index] },
      text: host,
    })),
  );
  const claims = [...ofIngresses, ...ofRoutes].filter(({ text }) => !/[*$({]/.test(text));
  return [...new Map(claims.map((claim) => [claim.text, claim])).values()];
}

/** The routers that a cluster announces its addresses to, by their addresses. */
export function routersOf({ model }: ComparedCluster): ReadonlySet<string | undefined> {
  const metallb = model
    .ofKind('BGPPeer')
    .map((object) => nonEmpty(at(object.manifest, 'spec', isMetalLb(object, 'BGPPeer') ? 'peerAddress' : 'peerIP')));
  const cilium = flatMap(model.ofKind('CiliumBGPClusterConfig'), ({ manifest }) =>
    flatMap(list(at(manifest, 'spec', 'bgpInstances')), (instance) =>
      list(member(instance, 'peers')).map((peer) => nonEmpty(member(peer, 'peerAddress'))),
    ),
  );
  const older = flatMap(model.ofKind('CiliumBGPPeeringPolicy'), ({ manifest }) =>
    flatMap(list(at(manifest, 'spec', 'virtualRouters')), (router) =>
      list(member(router, 'neighbors')).map((peer) => nonEmpty(member(peer, 'peerAddress'))?.replace(/\/\d+$/, '')),
    ),
  );
  return new Set(
    [...metallb, ...cilium, ...older].filter((text) => text !== undefined && readIpAddress(text) !== undefined),
  );
}

/** The name and the number of the cluster in a mesh; nothing for a cluster that is in none. */
export function meshClaims({ name, model }: ComparedCluster): readonly Claim[] {
  return flatMap(
    model.configs.filter(({ kind }) => kind === 'CiliumConfig'),
    ({ object, value, fieldOf }) =>
      ['cluster-id', 'cluster-name'].flatMap((key): Claim[] => {
        const text = nonEmpty(member(value, key));
        const isUnset = text === undefined || text === '0' || text === 'default';
        return isUnset ? [] : [{ cluster: name, place: { on: object, field: fieldOf([key]) }, text: `${key} ${text}` }];
      }),
  );
}
