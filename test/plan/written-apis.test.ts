import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED_MINORS, supportedVersions, writtenApis, writtenApiVersion } from '../../lib/plan';

const ROOT = join(__dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('the newest API version that the version of the component reads', () => {
  test.each([
    ['ClusterConfiguration', { major: 1, minor: 21 }, 'kubeadm.k8s.io/v1beta3'],
    ['ClusterConfiguration', { major: 1, minor: 30 }, 'kubeadm.k8s.io/v1beta3'],
    ['ClusterConfiguration', { major: 1, minor: 31 }, 'kubeadm.k8s.io/v1beta4'],
    ['ClusterConfiguration', { major: 1, minor: 99 }, 'kubeadm.k8s.io/v1beta4'],
    ['ClusterConfiguration', { major: 2, minor: 0 }, 'kubeadm.k8s.io/v1beta4'],
    ['ClusterConfiguration', null, 'kubeadm.k8s.io/v1beta4'],
    ['CiliumLoadBalancerIPPool', { major: 1, minor: 17 }, 'cilium.io/v2alpha1'],
    ['CiliumLoadBalancerIPPool', { major: 1, minor: 18 }, 'cilium.io/v2'],
    ['CiliumLoadBalancerIPPool', undefined, 'cilium.io/v2'],
    ['CiliumPodIPPool', { major: 1, minor: 20 }, 'cilium.io/v2alpha1'],
    ['ServiceCIDR', { major: 1, minor: 33 }, 'networking.k8s.io/v1'],
    ['BGPPeer', undefined, 'metallb.io/v1beta2'],
  ] as const)('%s %j', (kind, version, expected) => {
    expect(writtenApiVersion(kind, version)).toBe(expected);
  });

  test('they stand in order', () => {
    for (const kind of ['ClusterConfiguration', 'ServiceCIDR', 'CiliumLoadBalancerIPPool'] as const) {
      const minors = writtenApis(kind).map(({ since: [, minor] }) => minor);
      expect(minors).toEqual(minors.toSorted((a, b) => a - b));
    }
  });
});

test('the table of the README', () => {
  const rows = supportedVersions().map(
    ({ kubernetes, kubeadm, serviceCidr, onTestbed }) =>
      `| ${kubernetes} | \`${kubeadm}\` | ${serviceCidr === null ? '–' : `\`${serviceCidr}\``} | ${onTestbed ? 'yes' : ''} |`,
  );
  const written = README.split('\n')
    .filter((line) => /^\| 1\.\d\d /.test(line))
    .map((line) => line.replaceAll(/ +/g, ' '));
  expect(written).toEqual(rows.map((row) => row.replaceAll(/ +/g, ' ')));
});

test('the oldest and the newest version are those that the testbed is built from', () => {
  const folder = join(ROOT, 'testbed');
  const minors = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.mod'))
    .flatMap((file) => {
      const minor = /k8s\.io\/kubernetes v1\.(\d+)\./.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
      return minor === undefined ? [] : [Number(minor)];
    });
  const { oldest, newest } = SUPPORTED_MINORS;
  if (minors.length > 0) expect(minors.toSorted((a, b) => a - b)).toEqual([oldest, newest]);
  expect(oldest).toBeLessThan(newest);
});
