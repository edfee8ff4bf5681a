import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';
import { examplesOf, ROOT } from './markdown-examples';

const EXAMPLES = examplesOf('docs/terraform.md');
const printed = inTemporaryFolders();

/** Runs a program with the input; undefined where it is not installed. */
function run(program: string, args: readonly string[], input = ''): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (error !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  expect([program, status, status === 0 ? '' : stderr]).toEqual([program, 0, '']);
  return stdout;
}

/** What `terraform output -json` prints for the outputs of the guide. */
const OUTPUTS = JSON.stringify({
  node_subnets: { sensitive: false, type: 'dynamic', value: { prod: ['10.64.0.0/20'] } },
  reserved: { sensitive: false, type: 'dynamic', value: { office: ['10.0.0.0/16'], 'shared-vpc': ['10.64.0.0/16'] } },
});

/** The shape of `terraform show -json`: resources of the root and of a module. */
const STATE = JSON.stringify({
  values: {
    root_module: {
      resources: [
        { address: 'aws_vpc.main', type: 'aws_vpc', values: { cidr_block: '10.64.0.0/16' } },
        { address: 'aws_s3_bucket.logs', type: 'aws_s3_bucket', values: { bucket: 'logs' } },
      ],
      child_modules: [
        {
          resources: [
            {
              address: 'module.net.aws_subnet.a',
              type: 'aws_subnet',
              values: { cidr_block: '10.64.0.0/20', ipv6_cidr_block: '' },
            },
            {
              address: 'module.net.google_compute_subnetwork.nodes',
              type: 'google_compute_subnetwork',
              values: {
                ip_cidr_range: '10.65.0.0/20',
                secondary_ip_range: [{ range_name: 'pods', ip_cidr_range: '10.66.0.0/16' }],
              },
            },
            {
              address: 'module.net.azurerm_virtual_network.main',
              type: 'azurerm_virtual_network',
              values: { address_space: ['10.67.0.0/16'], subnet: [] },
            },
            {
              address: 'module.net.azurerm_subnet.nodes["a"]',
              type: 'azurerm_subnet',
              values: { address_prefixes: ['10.67.0.0/20', 'fd00:67::/64'] },
            },
          ],
        },
      ],
    },
  },
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const withJq = hasJq ? test : test.skip;

function writeExamples(): void {
  for (const { code, file } of EXAMPLES) {
    if (file === undefined) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
}

async function plan(file: string): Promise<string> {
  await main(['node', 'netloom', 'plan', file, '--write-lock', '-o', 'json'], { version: '0.0.0', root: ROOT });
  return printed.output();
}

withJq('what Terraform has becomes reservations and node networks, and the plan becomes variables', async () => {
  writeExamples();
  if (hasTerraform) {
    run('terraform', ['init', '-no-color']);
    run('terraform', ['apply', '-auto-approve', '-no-color']);
  }
  const outputs = hasTerraform ? run('terraform', ['output', '-json']) : OUTPUTS;
  const fleet = run('jq', ['--slurpfile', 'fleet', 'fleet.json', '-f', 'with-networks.jq'], outputs) ?? '';
  expect(JSON.parse(fleet)).toEqual({
    supernets: ['10.0.0.0/8'],
    reserved: { office: ['10.0.0.0/16'] },
    clusters: { prod: { nodes: 50, services: 1000, nodeNetwork: ['10.64.0.0/20'] } },
  });
  writeFileSync('planned-fleet.json', fleet);
  const variables = run('jq', ['-f', 'tfvars.jq'], await plan('planned-fleet.json')) ?? '';
  const { clusters } = JSON.parse(variables) as { clusters: { prod: Record<string, string[]> } };
  const { allocations } = JSON.parse(readFileSync('netloom.lock.json', 'utf8')) as { allocations: object };
  expect(allocations).toEqual({
    'prod/pods/IPv4': clusters.prod.pod_cidrs[0],
    'prod/services/IPv4': clusters.prod.service_cidrs[0],
  });
  if (!hasTerraform) return;
  writeFileSync('netloom.auto.tfvars.json', variables);
  run('terraform', ['apply', '-auto-approve', '-no-color']);
  expect(run('terraform', ['output', '-raw', 'pod_cidr_of_prod'])).toBe(clusters.prod.pod_cidrs[0]);
});

withJq('the state of Terraform has the reservations too, nested as they may be', () => {
  writeExamples();
  expect(JSON.parse(run('jq', ['-f', 'reserved-of-state.jq'], STATE) ?? '')).toEqual({
    'aws_vpc.main': ['10.64.0.0/16'],
    'module.net.aws_subnet.a': ['10.64.0.0/20'],
    'module.net.google_compute_subnetwork.nodes': ['10.65.0.0/20', '10.66.0.0/16'],
    'module.net.azurerm_virtual_network.main': ['10.67.0.0/16'],
    'module.net.azurerm_subnet.nodes["a"]': ['10.67.0.0/20', 'fd00:67::/64'],
  });
});
