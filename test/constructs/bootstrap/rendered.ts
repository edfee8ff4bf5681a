import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cluster, type ClusterProps, IpFamily } from '../../../lib';
import { NetworkSynthesis } from '../../../lib/synth';
import { synthOutput } from '../synthesized';

/** A cluster of two families that has everything. */
export const DUAL: ClusterProps = {
  families: [IpFamily.IPV4, IpFamily.IPV6],
  kubernetesVersion: '1.34',
  podCidrs: ['10.1.0.0/16', 'fd00:1::/56'],
  serviceCidrs: ['10.2.0.0/16', 'fd00:2::/112'],
  nodeCidrMaskSize: { IPv4: 24, IPv6: 64 },
};

export const SINGLE: ClusterProps = {
  kubernetesVersion: '1.30',
  podCidrs: ['10.1.0.0/16'],
  serviceCidrs: ['10.2.0.0/16'],
  podsPerNode: 60,
  nodePortRange: '31000-32000',
  clusterDomain: 'prod.example.internal',
};

export interface Built {
  readonly files: ReadonlyMap<string, string>;
  /** `CODE message` of all that a synth says. */
  readonly said: readonly string[];
}

/** A cluster `prod` with a chart in it. */
export function built(props: ClusterProps, add: (cluster: Cluster, chart: Chart) => Construct | undefined): Built {
  const app = Testing.app();
  const cluster = new Cluster(app, 'prod', props);
  const chart = new Chart(cluster, 'chart');
  add(cluster, chart);
  const said = [...synthOutput(chart).matchAll(/(?:error|warning|info) (NL\d+) [a-z-]+: (.*)/g)];
  return {
    files: NetworkSynthesis.of(app).files(),
    said: said.map(([, code = '', message = '']) => `${code} ${message}`),
  };
}
