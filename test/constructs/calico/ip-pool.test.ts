import { EncapsulationMode, IpPool, IpPoolAssignment, type IpPoolProps, IpPoolUse } from '../../../lib';
import { manifestOf, problemsOf, shopChart } from '../synthesized';

const { WORKLOAD, TUNNEL, LOAD_BALANCER } = IpPoolUse;
const { NEVER, ALWAYS, CROSS_SUBNET } = EncapsulationMode;

function pool(props: Partial<IpPoolProps> = {}): IpPool {
  return new IpPool(shopChart(), 'zone-a', { cidr: '10.244.0.0/16', ...props });
}

test('manifest of the smallest pool, without the namespace of its chart', () => {
  expect(manifestOf(pool())).toEqual({
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'zone-a' },
    spec: { cidr: '10.244.0.0/16' },
  });
  expect([pool().name, pool().cidr]).toEqual(['zone-a', '10.244.0.0/16']);
});

test('manifest of a pool with every field', () => {
  const full = pool({
    name: 'pool-1',
    labels: { zone: 'a' },
    annotations: { b: 'c' },
    blockSize: 24,
    ipipMode: NEVER,
    vxlanMode: CROSS_SUBNET,
    natOutgoing: true,
    disabled: false,
    disableBgpExport: true,
    nodeSelector: 'topology.kubernetes.io/zone == "a"',
    namespaceSelector: 'team == "shop"',
    allowedUses: [WORKLOAD],
    assignmentMode: IpPoolAssignment.MANUAL,
  });
  expect(manifestOf(full)).toEqual({
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'pool-1', labels: { zone: 'a' }, annotations: { b: 'c' } },
    spec: {
      cidr: '10.244.0.0/16',
      blockSize: 24,
      ipipMode: 'Never',
      vxlanMode: 'CrossSubnet',
      natOutgoing: true,
      disabled: false,
      disableBGPExport: true,
      nodeSelector: 'topology.kubernetes.io/zone == "a"',
      namespaceSelector: 'team == "shop"',
      allowedUses: ['Workload'],
      assignmentMode: 'Manual',
    },
  });
  expect(problemsOf(full)).toEqual([]);
});

describe('problems', () => {
  test.each<[Partial<IpPoolProps>, string[]]>([
    [{}, []],
    [{ name: 'Zone A' }, ['NL921 the name "Zone A" is not a DNS name']],
    [{ cidr: '10.244.0.1/16' }, ['NL604 cidr: 10.244.0.1/16 has host bits set']],
    [{ cidr: '169.254.0.0/20' }, ['NL604 cidr 169.254.0.0/20 touches 169.254.0.0/16, whose addresses are link-local']],
    [{ cidr: 'fe80::/64' }, ['NL604 cidr fe80::/64 touches fe80::/10, whose addresses are link-local']],
    [{ blockSize: 20 }, []],
    [{ blockSize: 19 }, ['NL605 blockSize 19 of an IPv4 pool is no whole number from 20 to 32']],
    [{ blockSize: 33 }, ['NL605 blockSize 33 of an IPv4 pool is no whole number from 20 to 32']],
    [{ cidr: 'fd00::/64', blockSize: 115 }, ['NL605 blockSize 115 of an IPv6 pool is no whole number from 116 to 128']],
    [{ cidr: 'fd00::/64', blockSize: 122, vxlanMode: ALWAYS }, []],
    [{ cidr: '10.244.0.0/27' }, ['NL603 blockSize: 10.244.0.0/27 is smaller than one block of /26']],
    [{ cidr: '10.244.0.0/27', disabled: true }, []],
    [{ cidr: '10.244.0.0/26' }, []],
    [{ cidr: '10.244.0.0/27', blockSize: 28 }, []],
    [{ cidr: 'fd00::/123' }, ['NL603 blockSize: fd00::/123 is smaller than one block of /122']],
    [
      { ipipMode: ALWAYS, vxlanMode: CROSS_SUBNET },
      ['NL605 ipipMode is Always and vxlanMode is CrossSubnet, and a pool has one encapsulation'],
    ],
    [{ ipipMode: ALWAYS, vxlanMode: NEVER }, []],
    [
      { cidr: 'fd00::/64', ipipMode: ALWAYS },
      ['NL605 ipipMode is Always, and IP-in-IP carries IPv4 only, not fd00::/64'],
    ],
    [{ nodeSelector: 'x'.repeat(1025) }, ['NL660 nodeSelector has 1025 characters, and at most 1024 are allowed']],
    [{ nodeSelector: 'zone = a' }, ['NL660 nodeSelector has = a at character 6, expected an operator']],
    [
      { nodeSelector: 'global()' },
      ['NL660 nodeSelector uses global(), which only the namespaceSelector of a rule of a policy may'],
    ],
    [
      { namespaceSelector: 'global( )' },
      ['NL660 namespaceSelector uses global(), which only the namespaceSelector of a rule of a policy may'],
    ],
    [{ allowedUses: [] }, ['NL982 allowedUses is empty, which Calico takes for Workload and Tunnel']],
    [
      { allowedUses: [WORKLOAD, TUNNEL], namespaceSelector: 'team == "shop"' },
      ['NL605 namespaceSelector is given for a pool with the use Tunnel, and tunnel devices are in no namespace'],
    ],
    [{ allowedUses: [LOAD_BALANCER], nodeSelector: 'all()' }, []],
    [
      {
        allowedUses: [LOAD_BALANCER, WORKLOAD],
        vxlanMode: ALWAYS,
        disableBgpExport: true,
        nodeSelector: 'zone == "a"',
      },
      [
        'NL605 allowedUses has LoadBalancer beside other uses',
        'NL605 disableBgpExport is true for a pool of load balancer addresses, which have to be announced',
        'NL605 nodeSelector is set for a pool of load balancer addresses, which belong to no node',
        'NL605 vxlanMode is set for a pool of load balancer addresses, which no node encapsulates',
      ],
    ],
  ])('%j', (props, problems) => {
    expect(problemsOf(pool(props))).toEqual(problems);
  });
});
