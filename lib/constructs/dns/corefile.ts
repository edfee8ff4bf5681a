/** A domain whose names are looked up elsewhere. */
export interface StubDomain {
  readonly domain: string;
  readonly servers: readonly string[];
}

export interface CorefileSettings {
  readonly clusterDomain: string;
  /** Sorted. */
  readonly stubDomains: readonly StubDomain[];
  /** Addresses, or the path of a resolv.conf. */
  readonly upstreams: readonly string[];
}

/** A plugin with its own block, or a line. */
type Plugin = string | readonly [head: string, ...lines: string[]];

/** What kubeadm writes, with further zones after it (kubeadm, addons/dns/manifests.go). */
export function corefile({ clusterDomain, stubDomains, upstreams }: CorefileSettings): string {
  return [
    serverBlock('.', [
      'errors',
      ['health', 'lameduck 5s'],
      'ready',
      [
        `kubernetes ${clusterDomain} in-addr.arpa ip6.arpa`,
        'pods insecure',
        'fallthrough in-addr.arpa ip6.arpa',
        'ttl 30',
      ],
      'prometheus :9153',
      [`forward . ${upstreams.join(' ')}`, 'max_concurrent 1000'],
      ['cache 30', `disable success ${clusterDomain}`, `disable denial ${clusterDomain}`],
      'loop',
      'reload',
      'loadbalance',
    ]),
    ...stubDomains.map(({ domain, servers }) =>
      serverBlock(domain, ['errors', 'cache 30', 'loop', `forward . ${servers.join(' ')}`]),
    ),
  ].join('');
}

export interface NodeLocalCorefileSettings {
  readonly clusterDomain: string;
  /** Where the cache listens. */
  readonly address: string;
  /** The addresses of the cluster DNS. */
  readonly clusterDns: readonly string[];
}

const HEALTH_PORT = 8080;

/**
 * The cache on a node asks the cluster DNS for names of the cluster, over TCP, which needs no entry in the connection tracking table
 * for each question, and for all others too: stub domains and upstreams are those of the cluster DNS (KEP-1024).
 */
export function nodeLocalCorefile({ clusterDomain, address, clusterDns }: NodeLocalCorefileSettings): string {
  const forward: Plugin[] = clusterDns.length === 0 ? [] : [[`forward . ${clusterDns.join(' ')}`, 'force_tcp']];
  const usual = ['errors', 'reload', 'loop', `bind ${address}`, ...forward, 'prometheus :9253'];
  const health = `health ${address.includes(':') ? `[${address}]` : address}:${HEALTH_PORT}`;
  const clusterCache: Plugin = ['cache', 'success 9984 30', 'denial 9984 5'];
  return [
    serverBlock(clusterDomain, [clusterCache, ...usual, health]),
    ...['in-addr.arpa', 'ip6.arpa', '.'].map((zone) => serverBlock(zone, ['cache 30', ...usual])),
  ].join('');
}

function serverBlock(zone: string, plugins: readonly Plugin[]): string {
  const lines = plugins.flatMap((plugin) => {
    if (typeof plugin === 'string') return [`    ${plugin}`];
    const [head, ...rest] = plugin;
    return [`    ${head} {`, ...rest.map((line) => `       ${line}`), '    }'];
  });
  return `${zone}:53 {\n${lines.join('\n')}\n}\n`;
}
