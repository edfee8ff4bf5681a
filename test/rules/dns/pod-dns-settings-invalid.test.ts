import { podDnsSettingsInvalid } from '../../../lib/rules/dns/pod-dns-settings-invalid';
import { testRule } from '../expectations';

const HOST_NAME = 'use a DNS name in lower case of at most 64 characters';
const LONG = 'a'.repeat(63);

testRule(podDnsSettingsInvalid, [
  {
    name: 'names of nodes',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { nodeName: Node_A, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: b }, spec: { nodeName: node-a.example.com, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: c }, spec: { nodeName: '', containers: [] } }
    `,
    expected: [
      `
      error NL310 pod-dns-settings-invalid
      on Pod default/a at spec.nodeName
      nodeName "Node_A" is not the name of a Node
      help: use lower-case letters, digits, hyphens and dots, a letter or digit first and last, or leave it out
      `,
    ],
  },
  {
    name: 'the same in a cluster that does not know them',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { hostnameOverride: a.example.com, containers: [] } }
    `,
    facts: { kubernetesVersion: '1.34' },
    expected: [
      `
      warning NL310 pod-dns-settings-invalid
      on Pod default/a at spec.hostnameOverride
      hostnameOverride is dropped before Kubernetes 1.35
      help: use hostname, subdomain and setHostnameAsFQDN
      `,
    ],
  },
  {
    name: 'addresses that only older versions take',
    input: `
      - Pod shop/a: { dnsConfig: { nameservers: [10.0.0.01] }, hostAliases: [{ ip: '::ffff:10.0.0.9' }] }
    `,
    expected: [
      `
      warning NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.hostAliases.0.ip
      ip of a host alias: ::ffff:10.0.0.9 is an IPv4-mapped IPv6 address; Kubernetes refuses it since 1.36, and reads 10.0.0.9 before
      help: write 10.0.0.9
      `,
      `
      warning NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.dnsConfig.nameservers.0
      nameserver: 10.0.0.01 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 10.0.0.1 before
      help: write 10.0.0.1
      `,
    ],
  },
  {
    name: 'host names that override all others',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { hostnameOverride: A.example.com, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: b }, spec: { hostnameOverride: ${LONG}.b, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: c }, spec: { hostnameOverride: c, hostNetwork: true, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: d }, spec: { hostnameOverride: d, setHostnameAsFQDN: true, containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: e }, spec: { hostnameOverride: ${LONG}e, hostname: e, setHostnameAsFQDN: false, containers: [] } }
    `,
    expected: [
      ['a', 'hostnameOverride "A.example.com" is not a host name', HOST_NAME],
      ['b', `hostnameOverride "${LONG}.b" is not a host name`, HOST_NAME],
      [
        'c',
        'hostnameOverride is set together with hostNetwork, and the pods have one host name',
        'leave hostNetwork or hostnameOverride out',
      ],
      [
        'd',
        'hostnameOverride is set together with setHostnameAsFQDN, and the pods have one host name',
        'leave setHostnameAsFQDN or hostnameOverride out',
      ],
    ].map(
      ([name, message, help]) => `
      error NL310 pod-dns-settings-invalid
      on Pod default/${name} at spec.hostnameOverride
      ${message}
      help: ${help}
      `,
    ),
  },
  {
    name: 'policies',
    input: `
      - Pod shop/a: { dnsPolicy: clusterFirst }
      - Pod shop/b: { dnsPolicy: None }
      - Pod shop/c: { dnsPolicy: None, dnsConfig: { searches: [a.example.com] } }
    `,
    expected: [
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.dnsPolicy
      dnsPolicy is "clusterFirst", and must be ClusterFirst, ClusterFirstWithHostNet, Default or None
      help: write ClusterFirst
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/b at spec.dnsPolicy
      dnsPolicy is None, and there are no nameservers
      help: give dnsConfig.nameservers, or leave dnsPolicy out for the DNS of the cluster
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/c at spec.dnsConfig
      dnsPolicy is None, and there are no nameservers
      help: give dnsConfig.nameservers, or leave dnsPolicy out for the DNS of the cluster
      `,
    ],
  },
  {
    name: 'more servers and searches than the API server takes, and such that are none',
    input: `
      - Deployment shop/a: { dnsConfig: { nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3, dns.example.com], searches: ['a b'], options: [{ value: '2' }] } }
    `,
    expected: [
      `
      error NL310 pod-dns-settings-invalid
      on Deployment shop/a at spec.template.spec.dnsConfig.nameservers
      dnsConfig has 4 nameservers, and may have 3
      help: remove the others
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Deployment shop/a at spec.template.spec.dnsConfig.nameservers.3
      nameserver: dns.example.com is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Deployment shop/a at spec.template.spec.dnsConfig.options.0
      the DNS option has no name
      help: give name, such as ndots
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Deployment shop/a at spec.template.spec.dnsConfig.searches.0
      the search domain "a b" is not a DNS name
      help: write a DNS name such as svc.example.com
      `,
    ],
  },
  {
    name: 'host names and aliases',
    input: `
      - Pod shop/a: { hostname: My_Host, subdomain: a.b, hostAliases: [{ ip: 10.0.0, hostnames: [a.example.com, UPPER] }, {}] }
    `,
    expected: [
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.hostname
      hostname "My_Host" is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.hostAliases.0.ip
      ip of a host alias: 10.0.0 has 3 octets instead of four
      help: did you mean 10.0.0.0?
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.hostAliases.1.ip
      ip of a host alias: an empty string is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.subdomain
      subdomain "a.b" is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last
      `,
      `
      error NL310 pod-dns-settings-invalid
      on Pod shop/a at spec.hostAliases.0.hostnames.1
      the host alias "UPPER" is not a host name
      help: use a DNS name in lower case
      `,
    ],
  },
  {
    name: 'silent: what the API server takes',
    input: `
      - Pod shop/a: { dnsPolicy: None, dnsConfig: { nameservers: ['fd00::a'], searches: [svc.cluster.local., ., _tcp.example.com], options: [{ name: ndots, value: '2' }] } }
      - Pod shop/b: { hostname: a, subdomain: b, hostAliases: [{ ip: 127.0.0.1, hostnames: [a.example.com] }], dnsPolicy: '' }
    `,
    expected: [],
  },
]);
