import { cidrsOverlap, compareCidrs, formatCidr, parseCidr, SPECIAL_PURPOSE_RANGES } from '../../lib/address';

test('the table names what the IANA registries name', () => {
  expect(
    SPECIAL_PURPOSE_RANGES.map(({ cidr, name, source, usable }) => [formatCidr(cidr), name, source, usable]),
  ).toEqual([
    ['0.0.0.0/8', '"This network"', 'RFC 791', 'never'],
    ['100.64.0.0/10', 'Shared Address Space', 'RFC 6598', 'unwise'],
    ['127.0.0.0/8', 'Loopback', 'RFC 1122', 'never'],
    ['169.254.0.0/16', 'Link Local', 'RFC 3927', 'never'],
    ['192.0.0.0/24', 'IETF Protocol Assignments', 'RFC 6890', 'unwise'],
    ['192.0.2.0/24', 'Documentation (TEST-NET-1)', 'RFC 5737', 'unwise'],
    ['198.18.0.0/15', 'Benchmarking', 'RFC 2544', 'unwise'],
    ['198.51.100.0/24', 'Documentation (TEST-NET-2)', 'RFC 5737', 'unwise'],
    ['203.0.113.0/24', 'Documentation (TEST-NET-3)', 'RFC 5737', 'unwise'],
    ['224.0.0.0/4', 'Multicast', 'RFC 5771', 'never'],
    ['240.0.0.0/4', 'Reserved', 'RFC 1112', 'unwise'],
    ['255.255.255.255/32', 'Limited Broadcast', 'RFC 919', 'never'],
    ['::/128', 'Unspecified Address', 'RFC 4291', 'never'],
    ['::1/128', 'Loopback Address', 'RFC 4291', 'never'],
    ['::ffff:0:0/96', 'IPv4-mapped Address', 'RFC 4291', 'never'],
    ['2001:db8::/32', 'Documentation', 'RFC 3849', 'unwise'],
    ['fe80::/10', 'Link-Local Unicast', 'RFC 4291', 'never'],
    ['fec0::/10', 'Site-Local Unicast (deprecated)', 'RFC 3879', 'unwise'],
    ['ff00::/8', 'Multicast', 'RFC 4291', 'never'],
  ]);
});

test('the table is in address order', () => {
  const cidrs = SPECIAL_PURPOSE_RANGES.map(({ cidr }) => cidr);
  expect([...cidrs].sort(compareCidrs)).toEqual(cidrs);
});

test.each(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])('%s is for private networks', (text) => {
  expect(SPECIAL_PURPOSE_RANGES.filter(({ cidr }) => cidrsOverlap(cidr, parseCidr(text)))).toEqual([]);
});
