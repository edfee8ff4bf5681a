import { rangeToCidrs } from '../../address';
import {
  at,
  isMetalLb,
  labelIndex,
  list,
  type LoadBalancerPool,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  readIpAddress,
  readLabelSelector,
  textMap,
  texts,
} from '../../model';
import { type FieldProblem, isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const LAST_ASN = 4294967295;
const DYNAMIC = ['internal', 'external'];
const LENGTHS = [
  { field: 'aggregationLength', family: 'IPv4', bits: 32 },
  { field: 'aggregationLengthV6', family: 'IPv6', bits: 128 },
] as const;

/** metallb/metallb, internal/config: `peerFromCR`, `bgpAdvertisementFromCR`, `validateBGPAdvPerPool`. One error stops the whole configuration. */
export const metallbBgpInvalid: NetworkRule = {
  code: 'NL680',
  slug: 'metallb-bgp-invalid',
  severity: 'error',
  title: 'A BGPPeer or a BGPAdvertisement that MetalLB refuses',
  check(model, report) {
    for (const object of model.ofKind('BGPPeer')) {
      if (!isMetalLb(object, 'BGPPeer')) continue;
      for (const problem of peerProblems(at(object.manifest, 'spec'))) report({ on: object, ...problem });
    }
    const advertisements = model.ofKind('BGPAdvertisement').filter((object) => isMetalLb(object, 'BGPAdvertisement'));
    if (advertisements.length === 0) return;
    const poolsOf = announcedPools(model);
    for (const object of advertisements) {
      for (const { field, family, bits } of LENGTHS) {
        const path = ['spec', field];
        const length: unknown = at(object.manifest, ...path);
        if (typeof length !== 'number') continue;
        if (length > bits) {
          report({ on: object, field: path, message: `${field} is ${length}`, help: `use at most ${bits}` });
          continue;
        }
        for (const { pool, text, prefix, path: block } of poolsOf(object, family)) {
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
  },
};

interface AnnouncedBlock {
  readonly pool: LoadBalancerPool;
  readonly text: string;
  /** That of the largest CIDR of the block. */
  readonly prefix: number;
  readonly path: LoadBalancerPool['blocks'][number]['path'];
}

/** One without names and selectors announces every pool. */
function announcedPools(model: NetworkModel): (object: ModelObject, family: string) => AnnouncedBlock[] {
  const pools = model.loadBalancerPools
    .filter(({ implementation }) => implementation === 'MetalLB')
    .map((pool) => ({ pool, name: pool.name, labels: textMap(at(pool.object.manifest, 'metadata', 'labels')) }));
  const byLabel = labelIndex(pools);
  return ({ manifest }, family) => {
    const names = new Set(texts(at(manifest, 'spec', 'ipAddressPools')));
    const selectors = list(at(manifest, 'spec', 'ipAddressPoolSelectors')).map(readLabelSelector);
    const selected = new Set(selectors.flatMap((selector) => byLabel.select(selector)));
    const announced =
      names.size === 0 && selectors.length === 0
        ? pools
        : pools.filter((entry) => names.has(entry.name) || selected.has(entry));
    return announced.flatMap(({ pool }) =>
      pool.blocks
        .filter(({ range }) => range.family === family)
        .map(({ range, text, path }) => ({
          pool,
          text,
          path,
          prefix: Math.min(...rangeToCidrs(range).map(({ prefix }) => prefix)),
        })),
    );
  };
}

function peerProblems(spec: unknown): FieldProblem[] {
  const problem = (field: string, message: string, help: string): FieldProblem => ({
    field: ['spec', field],
    message,
    help,
  });
  const problems: FieldProblem[] = [];
  const asn = member(spec, 'myASN');
  const peer = member(spec, 'peerASN');
  const dynamic = nonEmpty(member(spec, 'dynamicASN'));
  const hasPeer = isSet(peer) && peer !== 0;
  if (!isAsn(asn)) {
    problems.push(
      problem(
        'myASN',
        isSet(asn) ? `myASN is ${shown(asn)}` : 'there is no myASN',
        `use a number from 1 to ${LAST_ASN}`,
      ),
    );
  }
  if (hasPeer && !isAsn(peer)) {
    problems.push(problem('peerASN', `peerASN is ${shown(peer)}`, `use a number from 1 to ${LAST_ASN}`));
  }
  if (!hasPeer && dynamic === undefined) {
    problems.push(problem('peerASN', 'there is no peerASN and no dynamicASN', 'say which AS the peer is in'));
  }
  if (hasPeer && dynamic !== undefined) {
    problems.push(problem('dynamicASN', 'there is a peerASN and a dynamicASN', 'leave one of them out'));
  }
  if (dynamic !== undefined && !DYNAMIC.includes(dynamic)) {
    problems.push(problem('dynamicASN', `dynamicASN is ${shown(dynamic)}`, `use ${oneOf(DYNAMIC)}`));
  }
  if (hasPeer && peer === asn && member(spec, 'ebgpMultiHop') === true) {
    problems.push(problem('ebgpMultiHop', 'ebgpMultiHop is set, and the peer is in the same AS', 'leave it out'));
  }
  const address = nonEmpty(member(spec, 'peerAddress'));
  const device = nonEmpty(member(spec, 'interface'));
  if (address === undefined && device === undefined) {
    problems.push(problem('peerAddress', 'there is no peerAddress and no interface', 'give the address of the peer'));
  }
  if (address !== undefined && device !== undefined) {
    problems.push(problem('interface', 'there is a peerAddress and an interface', 'leave one of them out'));
  }
  for (const field of ['peerAddress', 'sourceAddress', 'routerID']) {
    const text = nonEmpty(member(spec, field));
    if (text === undefined || readIpAddress(text) !== undefined) continue;
    problems.push(
      problem(field, `${field} is ${shown(text)}, which is no IP address`, 'write an IPv4 or IPv6 address'),
    );
  }
  return problems;
}

function isAsn(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_ASN;
}
