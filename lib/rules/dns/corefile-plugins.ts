import { concat } from '../../model';
import { isInZone, zoneOf } from './corefile-blocks';

/**
 * The plugins of CoreDNS in the order in which they are asked, whatever the order of the Corefile (plugin.cfg of coredns/coredns, with
 * the names by which a Corefile calls them).
 */
const ORDER: readonly string[] = [
  'root',
  'metadata',
  'geoip',
  'cancel',
  'proxyproto',
  'quic',
  'grpc_server',
  'https',
  'https3',
  'timeouts',
  'multisocket',
  'reload',
  'nsid',
  'bufsize',
  'bind',
  'debug',
  'trace',
  'ready',
  'health',
  'pprof',
  'shed',
  'prometheus',
  'errors',
  'log',
  'dnstap',
  'local',
  'dns64',
  'any',
  'chaos',
  'loadbalance',
  'tsig',
  'rewrite',
  'autopath',
  'acl',
  'cache',
  'header',
  'dnssec',
  'tls',
  'minimal',
  'template',
  'transfer',
  'hosts',
  'route53',
  'azure',
  'clouddns',
  'k8s_external',
  'kubernetes',
  'file',
  'auto',
  'secondary',
  'etcd',
  'loop',
  'forward',
  'grpc',
  'erratic',
  'whoami',
  'on',
  'sign',
  'view',
  'nomad',
];

/** What the reader of a Corefile takes itself. */
const DIRECTIVES: readonly string[] = ['import'];

export const PLUGIN_NAMES: ReadonlySet<string> = new Set(concat(ORDER, DIRECTIVES));

/** Whether the first plugin is asked before the second one. */
export function isAskedBefore(first: string, second: string): boolean {
  return ORDER.indexOf(first) < ORDER.indexOf(second);
}

/** Plugins that CoreDNS had once, with the version without them, and what took their place. */
export const REMOVED_PLUGINS: ReadonlyMap<string, { readonly since: string; readonly help: string }> = new Map([
  ['proxy', { since: '1.5', help: 'write forward in its place: forward . /etc/resolv.conf' }],
  ['federation', { since: '1.7', help: 'remove it: federation of clusters is gone' }],
  ['startup', { since: '1.1', help: 'write on startup in its place' }],
  ['shutdown', { since: '1.1', help: 'write on shutdown in its place' }],
]);

/** The first words of the lines in the braces of a plugin, for plugins that refuse any other (their setup.go). */
export const PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'cache',
    [
      'success',
      'denial',
      'prefetch',
      'serve_stale',
      'serve_stale_policy',
      'prefer_positive',
      'servfail',
      'disable',
      'keepttl',
    ],
  ],
  ['dns64', ['prefix', 'translate_all', 'allow_ipv4']],
  ['errors', ['stacktrace', 'consolidate', 'show_first']],
  ['file', ['fallthrough', 'reload', 'reload_by_mtime', 'upstream']],
  [
    'forward',
    [
      'except',
      'max_fails',
      'max_connect_attempts',
      'health_check',
      'force_tcp',
      'prefer_udp',
      'tls',
      'tls_servername',
      'expire',
      'max_age',
      'max_idle_conns',
      'read_timeout',
      'doh_method',
      'policy',
      'max_concurrent',
      'next',
      'next_on_nodata',
      'failfast_all_unhealthy_upstreams',
      'failover',
      'resolver',
      'source_address',
    ],
  ],
  ['health', ['lameduck']],
  [
    'kubernetes',
    [
      'endpoint_pod_names',
      'pods',
      'namespaces',
      'endpoint',
      'tls',
      'labels',
      'namespace_labels',
      'fallthrough',
      'ttl',
      'noendpoints',
      'zonal',
      'ignore',
      'kubeconfig',
      'multicluster',
      'startup_timeout',
      'apiserver_qps',
      'apiserver_burst',
      'apiserver_max_inflight',
    ],
  ],
  ['log', ['class']],
  [
    'template',
    ['match', 'answer', 'additional', 'authority', 'var', 'expr', 'rcode', 'ederror', 'fallthrough', 'upstream'],
  ],
]);

/** Lines in the braces of a plugin that it took once, with the version that refuses them. */
export const REMOVED_PROPERTIES: ReadonlyMap<string, { readonly since: string; readonly help: string }> = new Map([
  [
    'kubernetes upstream',
    { since: '1.7', help: 'remove it: names of other zones are looked up by the plugins of the server block' },
  ],
  ['kubernetes resyncperiod', { since: '1.7', help: 'remove it: the API server is watched' }],
  ['kubernetes transfer', { since: '1.8', help: 'write the plugin transfer in its place' }],
  ['file transfer', { since: '1.8', help: 'write the plugin transfer in its place' }],
]);

/** The zones that a plugin answers for: those of its arguments, else those of the server block. */
export function zonesOf(args: readonly string[], keys: readonly { readonly zone: string }[]): readonly string[] {
  return args.length > 0 ? args.map(zoneOf) : keys.map(({ zone }) => zone);
}

/** Whether one of the zones is that of the name, or lies around it. */
export function coverName(zones: readonly string[], name: string): boolean {
  return zones.some((zone) => isInZone(name, zone));
}
