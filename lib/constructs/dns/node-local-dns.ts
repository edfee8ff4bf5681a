import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { cidrHas, formatAddress, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { canonicalAddress } from '../objects/canonical-address';
import { Cluster } from '../cluster/cluster';
import { readAddress } from '../objects/object-problem';
import { registerObject } from '../objects/object-registration';
import { INVALID_CLUSTER_DNS } from '../objects/object-rules';
import { nodeLocalCorefile } from './corefile';

/** Props of `NodeLocalDns`. */
export interface NodeLocalDnsProps {
  /**
   * Where the cache of each node listens: an address that nothing else has, link-local or unique local.
   * @default 169.254.20.10
   */
  readonly address?: string;
  /**
   * The image of the cache.
   * @default registry.k8s.io/dns/k8s-dns-node-cache:1.26.8
   */
  readonly image?: string;
}

const USUAL_ADDRESS = '169.254.20.10';
const USUAL_IMAGE = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.8';
const LABELS = { 'k8s-app': 'node-local-dns' };
const METADATA = { name: 'node-local-dns', namespace: 'kube-system' };

/**
 * NodeLocal DNSCache: a cache of the cluster DNS on every node (KEP-1024). Kubelets have to give its address to pods, in every mode of
 * kube-proxy: `KubeadmConfig`, `K3sConfig` and `Rke2Config` of the same cluster do so by themselves.
 *
 * The caches are in the network of their nodes. No policy stands between them and CoreDNS but one that isolates the pods of CoreDNS
 * themselves: let it admit the addresses of the nodes over TCP. To pods they are the address, which `allowDns()` allows; Cilium is told
 * to let policies see addresses of nodes (`policyCIDRMatchMode`, Cilium 1.15), because it takes the address for the host itself where the cache
 * runs before the agent (cilium/cilium#18644).
 */
export class NodeLocalDns extends Construct {
  /** Where the cache listens. */
  public readonly address: string;

  constructor(scope: Construct, id: string, props: NodeLocalDnsProps = {}) {
    super(scope, id);
    const cluster = Cluster.of(this);
    this.address = canonicalAddress(props.address ?? USUAL_ADDRESS);
    if (readAddress('address', this.address).value !== undefined) cluster?._addNodeCache(this.address);
    new ApiObject(this, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: METADATA });
    new ApiObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: METADATA,
      data: {
        Corefile: nodeLocalCorefile({
          clusterDomain: cluster?.clusterDomain ?? 'cluster.local',
          address: this.address,
          clusterDns: cluster?.dnsIps.slice(0, 1) ?? [],
        }),
      },
    });
    new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...METADATA, labels: LABELS },
      spec: daemonSetSpec(this.address, props.image ?? USUAL_IMAGE),
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CLUSTER_DNS,
      problems: () => problemsOf(this.address, cluster),
    });
  }
}

function daemonSetSpec(address: string, image: string): object {
  return {
    updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } },
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        serviceAccountName: METADATA.name,
        priorityClassName: 'system-node-critical',
        hostNetwork: true,
        // The cache must not ask itself.
        dnsPolicy: 'Default',
        tolerations: [{ operator: 'Exists' }],
        containers: [
          {
            name: 'node-cache',
            image,
            args: ['-localip', address, '-conf', '/etc/Corefile'],
            resources: { requests: { cpu: '25m', memory: '5Mi' } },
            securityContext: { capabilities: { add: ['NET_ADMIN'] } },
            ports: [
              { name: 'dns', containerPort: 53, protocol: 'UDP' },
              { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9253, protocol: 'TCP' },
            ],
            livenessProbe: {
              httpGet: { host: address, path: '/health', port: 8080 },
              initialDelaySeconds: 60,
              timeoutSeconds: 5,
            },
            volumeMounts: [
              { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
              { name: 'config', mountPath: '/etc/coredns' },
            ],
          },
        ],
        volumes: [
          { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
          // The program makes /etc/Corefile of this file.
          { name: 'config', configMap: { name: METADATA.name, items: [{ key: 'Corefile', path: 'Corefile.base' }] } },
        ],
      },
    },
  };
}

function problemsOf(text: string, cluster: Cluster | undefined): Problem[] {
  if (cluster === undefined) {
    return [{ message: 'it is not in a cluster', help: 'put its chart under a Cluster: new Chart(cluster, …)' }];
  }
  const { value: address, problems } = readAddress('address', text);
  if (address === undefined) return [...problems];
  const shown = formatAddress(address);
  const families: readonly string[] = cluster.families;
  const ranges = [
    ...cluster.podCidrs.map((cidr) => ({ cidr, what: 'pod range' })),
    ...[...cluster.serviceCidrs, ...cluster.extraServiceCidrs].map((cidr) => ({ cidr, what: 'service CIDR' })),
    ...cluster.loadBalancerCidrs.map((cidr) => ({ cidr, what: 'load balancer range' })),
  ];
  return [
    ...ranges
      .filter(({ cidr }) => cidrHas(parseCidr(cidr), address))
      .map(({ cidr, what }) => ({
        message: `address ${shown} lies in the ${what} ${cidr} of cluster ${cluster.name}`,
        help: `give an address that nothing else has, such as ${USUAL_ADDRESS}`,
      })),
    ...(families.includes(address.family)
      ? []
      : [
          {
            message: `address ${shown} is ${address.family}, and the families of cluster ${cluster.name} are ${families.join(', ')}`,
            help: 'give an address of a family that its pods have, such as fd00::a in a range that nobody uses',
          },
        ]),
    ...(cluster.dnsIps.length > 0
      ? []
      : [
          {
            message: `cluster ${cluster.name} has no service range, so the address of its DNS is not known`,
            help: 'give it services or serviceCidrs',
          },
        ]),
  ];
}
