import type { Problem } from '../../finding/problem';
import { at, below, flatMap, isInstallation, list, member, type ModelObject, nonEmpty } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';

const POOLS = ['spec', 'calicoNetwork', 'ipPools'];

/** What the operator refuses about the pools of an Installation as a whole (tigera/operator, installation_types.go, ippool/validation.go). */
export const installationPoolsInvalid: NetworkRule = {
  code: 'NL609',
  slug: 'installation-pools-invalid',
  severity: 'error',
  layer: 'object',
  title: 'An Installation has pools, or settings beside them, that the Calico operator refuses',
  check(model, report) {
    for (const object of model.ofKind('Installation').filter(isInstallation)) {
      const path = POOLS;
      const pools = list(at(object.manifest, ...path)).map((fields, index) => ({ fields, index }));
      for (const problem of settingProblems(object)) report({ on: object, ...problem });
      for (const key of ['name', 'cidr']) {
        const named = flatMap(pools, ({ fields, index }) => {
          const value = nonEmpty(member(fields, key));
          return value === undefined ? [] : [{ value, index }];
        });
        for (const { first, others } of collisions(named, ({ value }) => value)) {
          for (const { value, index } of others) {
            report({
              on: object,
              field: below(path, index, key),
              message: `${key} ${value} is given for two pools`,
              related: [{ on: object, field: below(path, first.index, key), message: 'first used here' }],
              help: key === 'name' ? 'give each pool a name of its own' : 'list the range once',
            });
          }
        }
      }
    }
  },
};

/** Other words are no plugin and no encapsulation: the schema says so. */
const OTHER_PLUGINS = ['GKE', 'AmazonVPC', 'AzureVNET'];
const ENCAPSULATIONS = ['IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet'];

/** The second one only overlays the first. */
const NAMES = ['default', 'overlay'];

/** tigera/operator, pkg/controller/installation/validation.go: what the CNI plugin and its IPAM allow a pool. */
function settingProblems({ manifest }: ModelObject): readonly Problem[] {
  const cni = nonEmpty(at(manifest, 'spec', 'cni', 'type')) ?? 'Calico';
  const ipam = nonEmpty(at(manifest, 'spec', 'cni', 'ipam', 'type'));
  const problems: Problem[] = [];
  const name = nonEmpty(at(manifest, 'metadata', 'name'));
  if (name !== undefined && !NAMES.includes(name)) {
    problems.push({
      field: ['metadata', 'name'],
      severity: 'warning',
      message: `the Installation is called ${name}, and the operator reads the one called default`,
      help: 'call it default',
    });
  }
  list(at(manifest, ...POOLS)).forEach((fields, index) => {
    const encapsulation = nonEmpty(member(fields, 'encapsulation'));
    const field = [...POOLS, index, 'encapsulation'];
    if (encapsulation === undefined || !ENCAPSULATIONS.includes(encapsulation)) return;
    if (OTHER_PLUGINS.includes(cni)) {
      problems.push({
        field,
        message: `encapsulation is ${encapsulation}, and the CNI plugin is ${cni}, which sends the packets itself`,
        help: 'write None',
      });
    } else if (ipam === 'HostLocal' && encapsulation.startsWith('VXLAN')) {
      problems.push({
        field,
        message: `encapsulation is ${encapsulation}, which does not work with IPAM of type HostLocal`,
        help: 'write IPIP, IPIPCrossSubnet or None, or use IPAM of type Calico',
      });
    }
  });
  return problems;
}
