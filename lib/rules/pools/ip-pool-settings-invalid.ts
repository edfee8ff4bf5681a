import type { Problem } from '../../finding/problem';
import { at, concat, flatMap, integer, member, readCidr, text, texts } from '../../model';
import { type CalicoPool, settingProblems } from '../../syntax/calico-pool';
import { type WrittenPool, writtenPools } from './calico-pools';
import { setTo, within } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** What the validation of Calico says about fields that limit each other (api/pkg/apis/projectcalico/v3/ippool.go, clientv3/ippool.go; operator installation validation.go). */
export const ipPoolSettingsInvalid: NetworkRule = {
  code: 'NL605',
  slug: 'ip-pool-settings-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An IPPool has settings that Calico refuses',
  check(model, report) {
    for (const pool of writtenPools(model)) {
      for (const problem of problems(pool)) report({ on: pool.object, ...within(pool.path, problem) });
    }
  },
};

const MODES = ['Never', 'Always', 'CrossSubnet'];
const ENCAPSULATIONS = ['None', 'IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet'];
const USES = ['Workload', 'Tunnel', 'LoadBalancer'];
const ASSIGNMENT_MODES = ['Automatic', 'Manual'];

function problems(pool: WrittenPool): readonly Problem[] {
  const settings = readSettings(pool);
  return concat(wordProblems(pool), settingProblems(settings), withoutBgp(pool, settings));
}

/** A word that is none of the known ones has no meaning that could be wrong. */
function readSettings({ fields, ofInstallation }: WrittenPool): CalicoPool {
  const word = (field: string, words: readonly string[]): string | undefined => {
    const value = text(member(fields, field));
    return value !== undefined && words.includes(value) ? value : undefined;
  };
  const blockSize = integer(member(fields, 'blockSize'));
  return {
    cidr: readCidr(text(member(fields, 'cidr'))),
    blockSize: blockSize === 0 || (ofInstallation && !fitsInt32(blockSize)) ? undefined : blockSize,
    ...(ofInstallation
      ? { encapsulation: word('encapsulation', ENCAPSULATIONS) }
      : { ipipMode: word('ipipMode', MODES), vxlanMode: word('vxlanMode', MODES) }),
    disableBGPExport: member(fields, 'disableBGPExport') === true,
    nodeSelector: text(member(fields, 'nodeSelector')),
    namespaceSelector: text(member(fields, 'namespaceSelector')),
    allowedUses: unknownUse(fields) === undefined ? texts(member(fields, 'allowedUses')) : [],
  };
}

/** The CRD of an Installation says `format: int32`, and what does not fit is said of the structure; that of an IPPool says nothing. */
function fitsInt32(value = 0): boolean {
  return Math.abs(value) < 2 ** 31;
}

function wordProblems(pool: WrittenPool): readonly Problem[] {
  const use = unknownUse(pool.fields);
  return concat(
    pool.ofInstallation ? [] : flatMap(['ipipMode', 'vxlanMode'], (field) => choiceProblem(pool, field, MODES)),
    use === undefined ? [] : [choice('allowedUses', use, USES)],
    choiceProblem(pool, 'assignmentMode', ASSIGNMENT_MODES),
  );
}

function unknownUse(fields: unknown): string | undefined {
  return texts(member(fields, 'allowedUses')).find((use) => !USES.includes(use));
}

/** What routes between nodes has to suit the pool (operator, installation validation.go). */
function withoutBgp({ object }: WrittenPool, { cidr, encapsulation = '' }: CalicoPool): readonly Problem[] {
  const spec = member(object.manifest, 'spec');
  // IP-in-IP for IPv6 is wrong with BGP too.
  const needsBgp = encapsulation === 'None' || (encapsulation.startsWith('IPIP') && cidr?.family !== 'IPv6');
  const hasNone = at(spec, 'calicoNetwork', 'bgp') === 'Disabled' && isOfCalico(spec);
  if (!needsBgp || !hasNone) return [];
  return [
    {
      field: ['encapsulation'],
      message: `encapsulation ${encapsulation} needs BGP to tell nodes of each other's blocks, and spec.calicoNetwork.bgp is Disabled`,
      help: 'use VXLAN or VXLANCrossSubnet, or set bgp: Enabled',
    },
  ];
}

/** Routes of other plugins, and those that Felix makes, come without BGP. */
function isOfCalico(spec: unknown): boolean {
  const plugin = text(at(spec, 'cni', 'type')) ?? 'Calico';
  const routing = text(at(spec, 'calicoNetwork', 'clusterRoutingMode')) ?? 'BIRD';
  return plugin === 'Calico' && routing === 'BIRD';
}

function choiceProblem({ fields }: WrittenPool, field: string, choices: readonly string[]): readonly Problem[] {
  const value = text(member(fields, field));
  return value === undefined || value === '' || choices.includes(value) ? [] : [choice(field, value, choices)];
}

function choice(field: string, value: string, choices: readonly string[]): Problem {
  const sameWord = choices.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  return {
    field: [field],
    message: `${field} ${JSON.stringify(value)} is not one of ${choices.join(', ')}`,
    help: sameWord === undefined ? `use one of ${choices.join(', ')}` : `write ${sameWord}: case matters`,
    ...(sameWord !== undefined && setTo([field], sameWord)),
  };
}
