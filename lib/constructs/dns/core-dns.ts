import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { compareText } from '../../finding/finding';
import { type FieldMap, NetworkSynthesis } from '../../synth';
import { Cluster } from '../cluster/cluster';
import { registerObject } from '../objects/object-registration';
import { INVALID_CLUSTER_DNS } from '../objects/object-rules';
import { corefile, type StubDomain } from './corefile';
import { coreDnsProblems, hidesCluster } from './core-dns-problems';

/** Props of `CoreDns`. */
export interface CoreDnsProps {
  /**
   * Clusters whose names are looked up at their own DNS: `fleet.clusters`. The cluster itself may be among them. They need domains
   * of their own, and routes to their service CIDRs.
   * @default - none
   */
  readonly clusters?: Cluster[];
  /**
   * The name servers of further domains, by domain: `{ 'corp.example.com': ['10.0.0.53'] }`.
   * @default - none
   */
  readonly stubDomains?: { [domain: string]: string[] };
  /**
   * The name servers of all other names: at most 15 addresses.
   * @default - those of the node, in /etc/resolv.conf
   */
  readonly upstreams?: string[];
}

const NODE_RESOLV_CONF = '/etc/resolv.conf';

/** The Corefile is one field, of all props. */
const CORE_DNS_FIELDS: FieldMap = {
  props: {},
  phrases: {
    'CoreDNS does not start: put their plugins into one':
      'CoreDNS does not start: give the clusters domains of their own, or leave one of the two out',
  },
};

/** The Corefile of the cluster DNS, as kubeadm keeps it: the ConfigMap `coredns` in `kube-system`. CoreDNS reloads it by itself. */
export class CoreDns extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  /** The text of the Corefile. */
  public readonly corefile: string;

  constructor(scope: Construct, id: string, props: CoreDnsProps = {}) {
    super(scope, id);
    const own = Cluster.of(this);
    const stubDomains = [
      ...(props.clusters ?? [])
        // Of a cluster whose DNS has no address there is nothing to ask.
        .filter((cluster) => cluster !== own && cluster.dnsIps.length > 0)
        // The DNS Service has the primary family in every cluster, and the other one in some.
        .map((cluster): StubDomain => ({ domain: cluster.clusterDomain, servers: cluster.dnsIps.slice(0, 1) })),
      ...Object.entries(props.stubDomains ?? {}).map(([domain, servers]): StubDomain => ({ domain, servers })),
    ]
      // What would take away the names of the cluster is reported, and not written.
      .filter(({ domain }) => own === undefined || !hidesCluster(own, domain))
      .sort((a, b) => compareText(a.domain, b.domain));
    this.corefile = corefile({
      clusterDomain: own?.clusterDomain ?? 'cluster.local',
      stubDomains,
      upstreams: props.upstreams?.length ? props.upstreams : [NODE_RESOLV_CONF],
    });
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: { Corefile: this.corefile },
    });
    const synthesis = NetworkSynthesis.of(this);
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CLUSTER_DNS,
      fields: CORE_DNS_FIELDS,
      problems: () =>
        coreDnsProblems({
          cluster: own,
          others: (props.clusters ?? []).filter((cluster) => cluster !== own),
          isolated: (cluster) => synthesis.clusterOf(cluster)?.spec?.isolated ?? false,
          stubDomains: props.stubDomains ?? {},
          upstreams: props.upstreams ?? [],
        }),
    });
  }
}
