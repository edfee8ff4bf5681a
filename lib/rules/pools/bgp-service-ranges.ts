import { addressSet, formatRange, rangeOfCidr, setCovers } from '../../address';
import {
  at,
  type FieldPath,
  flatMap,
  isCalico,
  list,
  member,
  type ModelObject,
  nonEmpty,
  readCidr,
  record,
  text,
} from '../../model';
import { addressProblem, cidrProblem } from '../address-problem';
import { cidrList } from '../addresses';
import { nameOf } from '../value-form';
import type { NetworkRule } from '../network-rule';

const FIELDS = ['serviceClusterIPs', 'serviceExternalIPs', 'serviceLoadBalancerIPs'];

/** Calico announces addresses of Services that lie in these ranges, and reads them from the BGPConfiguration `default` only. */
export const bgpServiceRanges: NetworkRule = {
  code: 'NL612',
  slug: 'bgp-service-ranges',
  severity: 'warning',
  title: 'Calico does not announce addresses of Services that it should',
  check(model, report) {
    for (const object of model.ofKind('BGPConfiguration')) {
      if (!isCalico(object, 'BGPConfiguration')) continue;
      for (const field of FIELDS) {
        const written = rangesOf(object, field);
        if (written.length > 0 && object.ref.name !== 'default') {
          report({
            on: object,
            field: ['spec', field],
            message: `${field} of BGPConfiguration ${object.ref.name} is not read: Calico reads that of the one with the name default`,
            help: 'move it to BGPConfiguration default',
          });
        }
        for (const { value, path } of written) {
          if (value === undefined || value === null || value === '') {
            report({
              on: object,
              field: path,
              message: `${nameOf(path.slice(0, -1))} has no cidr: Calico takes it, and it announces nothing`,
              help: 'give its range, or leave the item out',
            });
          }
          // That it is another type is said of the structure.
          if (nonEmpty(value) === undefined) continue;
          // An address without a prefix length is a range of its own.
          const problem = addressProblem(value) && cidrProblem(value);
          if (problem === undefined) continue;
          report({
            on: object,
            field: path,
            severity: 'error',
            message: `${field}: ${problem.message}`,
            help: problem.help,
          });
        }
      }
      if (object.ref.name !== 'default') continue;
      const announced = flatMap(rangesOf(object, 'serviceLoadBalancerIPs'), ({ value }) => readCidr(text(value)) ?? []);
      // None are announced by BGP then, which may be what is meant.
      if (announced.length === 0) continue;
      const covered = addressSet(announced.map(rangeOfCidr));
      for (const { implementation, blocks, object: pool, disabled } of model.loadBalancerPools) {
        if (implementation !== 'Calico' || disabled) continue;
        for (const { range, path } of blocks) {
          if (setCovers(covered, range)) continue;
          report({
            on: pool,
            field: path,
            message: `load balancer addresses ${formatRange(range)} are not all announced: serviceLoadBalancerIPs is ${cidrList(announced)}`,
            related: [{ on: object, field: ['spec', 'serviceLoadBalancerIPs'], message: 'what is announced' }],
            help: 'add the range of the pool to serviceLoadBalancerIPs',
          });
        }
      }
    }
  },
};

/** An item that is no mapping is said of the structure. */
function rangesOf(object: ModelObject, field: string): readonly { value: unknown; path: FieldPath }[] {
  const items = list(at(object.manifest, 'spec', field)).map((entry, index) => ({
    entry,
    path: ['spec', field, index, 'cidr'],
  }));
  return items
    .filter(({ entry }) => record(entry) !== undefined)
    .map(({ entry, path }) => ({ value: member(entry, 'cidr'), path }));
}
