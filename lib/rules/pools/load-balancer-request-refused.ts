import { formatAddress, type IpFamily } from '../../address';
import {
  at,
  concat,
  type FieldPath,
  flatMap,
  type LoadBalancerPool,
  nonEmpty,
  POOL_ANNOTATIONS,
  readIpAddress,
  type Service,
  textMap,
  texts,
} from '../../model';
import { addressProblem } from '../address-problem';
import { addressFields } from '../addresses';
import type { NetworkRule, Violation } from '../network-rule';

const ADDRESS_ANNOTATIONS = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'];

/** What the controller of MetalLB refuses about the addresses that a Service asks for (metallb/metallb, controller/service.go). */
export const loadBalancerRequestRefused: NetworkRule = {
  code: 'NL635',
  slug: 'load-balancer-request-refused',
  severity: 'error',
  title: 'A Service asks MetalLB for addresses in a way that MetalLB refuses',
  check(model, report) {
    const pools = new Map(
      flatMap(model.loadBalancerPools, (pool) =>
        pool.implementation === 'MetalLB' ? [[pool.name, pool] as const] : [],
      ),
    );
    for (const service of model.services) {
      if (service.type !== 'LoadBalancer') continue;
      for (const violation of concat(annotationProblems(service), poolProblems(service, pools))) report(violation);
    }
  },
};

function annotationProblems(service: Service): readonly Violation[] {
  const { object } = service;
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  const families = texts(at(object.manifest, 'spec', 'ipFamilies'));
  const field = nonEmpty(at(object.manifest, 'spec', 'loadBalancerIP'));
  return flatMap(ADDRESS_ANNOTATIONS, (name) => {
    const value = annotations.get(name);
    if (value === undefined) return [];
    const path: FieldPath = ['metadata', 'annotations', name];
    const report = (message: string, help: string): Violation => ({ on: object, field: path, message, help });
    const parts = value.split(',').map((part) => part.trim());
    const unreadable = flatMap(parts, (part) => addressProblem(part) ?? []);
    if (unreadable.length > 0) {
      return unreadable.map(({ message, help }) => report(`${name}: ${message}`, help));
    }
    const addresses = flatMap(parts, (part) => readIpAddress(part) ?? []);
    const byFamily = (family: IpFamily): readonly string[] =>
      addresses.filter((address) => address.family === family).map(formatAddress);
    return concat(
      field === undefined
        ? []
        : [
            report(
              `${name} is set together with spec.loadBalancerIP, and only one of them may be set`,
              'remove spec.loadBalancerIP, which is deprecated',
            ),
          ],
      flatMap(['IPv4', 'IPv6'] as const, (family) => {
        const given = byFamily(family);
        if (given.length > 1) {
          return [
            report(
              `${name} asks for ${given.join(' and ')}, and a Service has one ${family} address`,
              'leave one of them',
            ),
          ];
        }
        if (given.length === 1 && families.length > 0 && !families.includes(family)) {
          return [
            report(
              `${name} asks for ${given[0]}, and the Service has ${families.join(' and ')} only`,
              `add ${family} to spec.ipFamilies, or ask for an address of ${families.join(' and ')}`,
            ),
          ];
        }
        return [];
      }),
    );
  });
}

/** An address and a pool that do not agree. */
function poolProblems(service: Service, pools: ReadonlyMap<string, LoadBalancerPool>): readonly Violation[] {
  const annotations = textMap(at(service.object.manifest, 'metadata', 'annotations'));
  const wanted = POOL_ANNOTATIONS.map((name) => annotations.get(name)).find((name) => name !== undefined);
  const pool = wanted === undefined ? undefined : pools.get(wanted);
  if (pool === undefined) return [];
  return addressFields(service.loadBalancerIps)
    .filter(
      ({ value }) =>
        !pool.blocks.some(
          ({ range }) => range.family === value.family && range.first <= value.value && value.value <= range.last,
        ),
    )
    .map(({ text, path }) => ({
      on: service.object,
      field: path,
      message: `${text} is not an address of the pool ${pool.name}, which the Service asks for too`,
      related: [{ on: pool.object, field: ['spec', 'addresses'], message: 'the pool' }],
      help: `choose an address of the pool (${pool.blocks.map((block) => block.text).join(', ')}), or leave one of the two out`,
    }));
}
