import { formatCidr, parseCidr } from '../../lib/address';
import { encapsulates, linkLocalRangeIn, selectsSomeNodes, usesGlobal } from '../../lib/syntax/calico-pool';

test.each([
  ['10.48.0.0/16', undefined],
  ['169.254.10.0/24', '169.254.0.0/16'],
  ['169.0.0.0/8', '169.254.0.0/16'],
  ['fe80::/64', 'fe80::/10'],
  ['fd00::/48', undefined],
])('%s touches %s', (cidr, linkLocal) => {
  const touched = linkLocalRangeIn(parseCidr(cidr));
  expect(touched && formatCidr(touched)).toBe(linkLocal);
});

test.each<[string, (text: string | undefined) => boolean, (string | undefined)[], (string | undefined)[]]>([
  ['encapsulates', encapsulates, ['Always', 'CrossSubnet'], [undefined, '', 'Never']],
  ['selectsSomeNodes', selectsSomeNodes, ['rack == "a"', '!all()'], [undefined, '', 'all()']],
  ['usesGlobal', (text) => usesGlobal(text ?? ''), ['global()', 'all() || global ()'], ['all()', 'globally == "a"']],
])('%s', (_name, holds, good, bad) => {
  expect(good.filter((text) => !holds(text))).toEqual([]);
  expect(bad.filter(holds)).toEqual([]);
});
