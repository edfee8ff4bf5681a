import { type IpFamily, rangeToCidrs } from '../../address';
import { objectText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import {
  at,
  type FieldPath,
  flatMap,
  integer,
  list,
  type LoadBalancerPool,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  readIpAddress,
  texts,
} from '../../model';
import { isSet, shown } from '../field-problem';
import type { NetworkRule, Violation } from '../network-rule';
import { announcedPools, ofMetalLb, type PoolsOf } from './metallb-advertisements';

const LAST_ASN = 4294967295;
const LENGTHS = [
  { field: 'aggregationLength', family: 'IPv4', bits: 32 },
  { field: 'aggregationLengthV6', family: 'IPv6', bits: 128 },
] as const;

/** metallb/metallb, internal/config: `peerFromCR`, `bgpAdvertisementFromCR`, `validateBGPAdvPerPool`, `validateConfig`. One error stops the whole configuration. What the schemas say is NL646. */
export const metallbBgpInvalid: NetworkRule = {
  code: 'NL680',
  slug: 'metallb-bgp-invalid',
  severity: 'error',
  title: 'A BGPPeer, a BGPAdvertisement or a Community that MetalLB refuses',
  check(model, report) {
    const secrets = new Map(
      model.ofKind('Secret').map((secret) => [`${secret.ref.namespace ?? ''}/${secret.ref.name}`, secret]),
    );
    for (const object of ofMetalLb(model, 'BGPPeer')) {
      for (const problem of peerProblems(object)) report({ on: object, ...problem });
      for (const violation of passwordProblem(object, secrets)) report(violation);
    }
    for (const violation of communitiesTwice(model)) report(violation);
    const advertisements = ofMetalLb(model, 'BGPAdvertisement');
    if (advertisements.length === 0) return;
    const poolsOf = announcedPools(model);
    for (const object of advertisements) {
      for (const { field, family, bits } of LENGTHS) {
        const path = ['spec', field];
        const length: unknown = at(object.manifest, ...path);
        if (typeof length !== 'number') continue;
        if (length < 1 && family === 'IPv4') continue; // The schema has the least length of IPv4, and no other.
        if (length > bits || length < 1) {
          report({
            on: object,
            field: path,
            message: `${field} is ${length}, and must be from 1 to ${bits}`,
            help: `use 1 to ${bits}`,
          });
          continue;
        }
        for (const { pool, text, prefix, path: block } of blocksOf(poolsOf(object), family)) {
          if (length >= prefix) continue;
          report({
            on: object,
            field: path,
            message: `${field} is ${length}, and the addresses ${text} of pool ${pool.name} are no more than a /${prefix}`,
            related: [{ on: pool.object, field: block, message: 'the addresses' }],
            help: `use ${prefix} or more, or leave it out to announce each address`,
          });
        }
      }
    }
    for (const violation of preferenceConflicts(advertisements, poolsOf)) report(violation);
    for (const violation of echoOverIpv6(model, advertisements, poolsOf)) report(violation);
  },
};

/** Stands for every pool where an advertisement names none. */
const EVERY_POOL = '*';

/** One route cannot have two preferences (`BGPAdvertisementsHaveCompatibleLocalPref`). Selected Services, peers and nodes may be other ones. */
function preferenceConflicts(advertisements: readonly ModelObject[], poolsOf: PoolsOf): readonly Violation[] {
  const first = new Map<string, ModelObject>();
  return flatMap(advertisements, (object) => {
    const spec = member(object.manifest, 'spec');
    const has = (field: string): boolean => list(member(spec, field)).length > 0;
    if (has('serviceSelectors') || has('peers') || has('nodeSelectors')) return [];
    const isOfEvery = !has('ipAddressPools') && !has('ipAddressPoolSelectors');
    const lengths = LENGTHS.map(({ field, bits }) => integer(member(spec, field)) ?? bits).join('/');
    const names = isOfEvery ? [EVERY_POOL] : poolsOf(object).map(({ name }) => name);
    const preference = preferenceOf(object);
    const other = [...names, EVERY_POOL]
      .map((name) => first.get(`${name}/${lengths}`))
      .find((candidate) => candidate !== undefined && preferenceOf(candidate) !== preference);
    for (const name of names) {
      if (!first.has(`${name}/${lengths}`)) first.set(`${name}/${lengths}`, object);
    }
    if (other === undefined) return [];
    return [
      {
        on: object,
        field: ['spec', 'localPref'],
        message: `localPref is ${preference}, and ${objectText(other.ref)} announces the same routes with ${preferenceOf(other)}`,
        related: [{ on: other, field: ['spec', 'localPref'], message: 'the other preference' }],
        help: 'use one preference, or announce to different peers or from different nodes',
      },
    ];
  });
}

function preferenceOf({ manifest }: ModelObject): number {
  return integer(at(manifest, 'spec', 'localPref')) ?? 0;
}

/** All Communities make one list of names (`communitiesFromCrs`). */
function communitiesTwice(model: NetworkModel): readonly Violation[] {
  const first = new Map<string, { readonly on: ModelObject; readonly field: FieldPath }>();
  return flatMap(ofMetalLb(model, 'Community'), (on) =>
    flatMap(list(at(on.manifest, 'spec', 'communities')), (community, index) => {
      const name = nonEmpty(member(community, 'name'));
      const field = ['spec', 'communities', index, 'name'];
      if (name === undefined) return [];
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, { on, field });
        return [];
      }
      return [
        {
          on,
          field,
          message: `the community ${name} is defined twice`,
          related: [{ ...other, message: 'first defined here' }],
          help: 'rename one of them',
        },
      ];
    }),
  );
}

const PASSWORD_TYPE = 'kubernetes.io/basic-auth';

/** passwordFromSecretForPeer. A Secret that is not here may be elsewhere. */
function passwordProblem(peer: ModelObject, secrets: ReadonlyMap<string, ModelObject>): readonly Violation[] {
  const name = nonEmpty(at(peer.manifest, 'spec', 'passwordSecret', 'name'));
  const secret = name === undefined ? undefined : secrets.get(`${peer.ref.namespace ?? ''}/${name}`);
  if (secret === undefined) return [];
  const type = nonEmpty(member(secret.manifest, 'type')) ?? 'Opaque';
  const hasPassword = ['data', 'stringData'].some((field) => isSet(at(secret.manifest, field, 'password')));
  if (type === PASSWORD_TYPE && hasPassword) return [];
  return [
    {
      on: peer,
      field: ['spec', 'passwordSecret', 'name'],
      message:
        type === PASSWORD_TYPE
          ? `the Secret ${secret.ref.name} has no key password`
          : `the Secret ${secret.ref.name} is of type ${type}, and MetalLB takes none but ${PASSWORD_TYPE}`,
      related: [{ on: secret, field: [type === PASSWORD_TYPE ? 'data' : 'type'], message: 'the Secret' }],
      help: `make a Secret of type ${PASSWORD_TYPE} with the key password`,
    },
  ];
}

/** FRR cannot echo over IPv6 (`validateConfig`). */
function echoOverIpv6(
  model: NetworkModel,
  advertisements: readonly ModelObject[],
  poolsOf: PoolsOf,
): readonly Violation[] {
  const echoing = new Map(
    ofMetalLb(model, 'BFDProfile')
      .filter(({ manifest }) => at(manifest, 'spec', 'echoMode') === true)
      .map((object) => [object.ref.name, object]),
  );
  const peers = flatMap(ofMetalLb(model, 'BGPPeer'), (peer) => {
    const profile = echoing.get(nonEmpty(at(peer.manifest, 'spec', 'bfdProfile')) ?? '');
    return profile === undefined ? [] : [{ peer, profile }];
  });
  if (peers.length === 0) return [];
  const ofIpv6 = new Map<readonly LoadBalancerPool[], LoadBalancerPool | undefined>();
  return flatMap(advertisements, (object) => {
    const pools = poolsOf(object);
    if (!ofIpv6.has(pools)) {
      ofIpv6.set(
        pools,
        pools.find(({ blocks }) => blocks.some(({ range }) => range.family === 'IPv6')),
      );
    }
    const pool = ofIpv6.get(pools);
    const named = texts(at(object.manifest, 'spec', 'peers'));
    const met = peers.find(({ peer }) => named.length === 0 || named.includes(peer.ref.name));
    if (pool === undefined || met === undefined) return [];
    return [
      {
        on: object,
        field: ['spec'],
        message: `the IPv6 addresses of pool ${pool.name} are announced to BGPPeer ${met.peer.ref.name}, whose BFD echoes: FRR cannot over IPv6`,
        related: [{ on: met.profile, field: ['spec', 'echoMode'], message: 'the echo' }],
        help: 'set echoMode: false in the BFDProfile, or name other peers',
      },
    ];
  });
}

interface AnnouncedBlock {
  readonly pool: LoadBalancerPool;
  readonly text: string;
  /** That of the largest CIDR of the block. */
  readonly prefix: number;
  readonly path: LoadBalancerPool['blocks'][number]['path'];
}

function blocksOf(pools: readonly LoadBalancerPool[], family: IpFamily): readonly AnnouncedBlock[] {
  return flatMap(pools, (pool) =>
    pool.blocks
      .filter(({ range }) => range.family === family)
      .map(({ range, text, path }) => ({
        pool,
        text,
        path,
        prefix: Math.min(...rangeToCidrs(range).map(({ prefix }) => prefix)),
      })),
  );
}

function peerProblems({ ref, manifest }: ModelObject): readonly Problem[] {
  const spec = member(manifest, 'spec');
  const problem = (field: string, message: string, help: string): Problem => ({
    field: ['spec', field],
    message,
    help,
  });
  const problems: Problem[] = [];
  const asn = member(spec, 'myASN');
  const peer = member(spec, 'peerASN');
  const dynamic = nonEmpty(member(spec, 'dynamicASN'));
  const hasPeer = isSet(peer) && peer !== 0;
  // The schema of v1beta1 requires what later versions have another field for.
  const isRequired = ref.apiVersion === 'metallb.io/v1beta1';
  if (asn === 0) {
    problems.push(problem('myASN', 'myASN is 0, which is no AS number', `use a number from 1 to ${LAST_ASN}`));
  }
  if (!hasPeer && dynamic === undefined && (isSet(peer) || !isRequired)) {
    problems.push(problem('peerASN', 'there is no peerASN and no dynamicASN', 'say which AS the peer is in'));
  }
  if (hasPeer && dynamic !== undefined) {
    problems.push(problem('dynamicASN', 'there is a peerASN and a dynamicASN', 'leave one of them out'));
  }
  if (hasPeer && peer === asn && member(spec, 'ebgpMultiHop') === true) {
    problems.push(problem('ebgpMultiHop', 'ebgpMultiHop is set, and the peer is in the same AS', 'leave it out'));
  }
  const address = nonEmpty(member(spec, 'peerAddress'));
  const device = nonEmpty(member(spec, 'interface'));
  if (address === undefined && device === undefined && (isSet(member(spec, 'peerAddress')) || !isRequired)) {
    problems.push(problem('peerAddress', 'there is no peerAddress and no interface', 'give the address of the peer'));
  }
  if (address !== undefined && device !== undefined) {
    problems.push(problem('interface', 'there is a peerAddress and an interface', 'leave one of them out'));
  }
  for (const field of ['peerAddress', 'sourceAddress', 'routerID']) {
    const text = nonEmpty(member(spec, field));
    if (text === undefined || readIpAddress(withoutMapping(text)) !== undefined) continue;
    problems.push(
      problem(field, `${field} is ${shown(text)}, which is no IP address`, 'write an IPv4 or IPv6 address'),
    );
  }
  return problems;
}

/** Go reads an IPv4-mapped IPv6 address as that of IPv4 (`net.ParseIP`). */
function withoutMapping(text: string): string {
  return text.replace(/^::ffff:(?=\d{1,3}\.)/i, '');
}
