import { parse } from 'yaml';
import { compareText } from '../../../lib/finding/finding';
import { pluginFieldValue } from '../../../lib/rules/objects/plugin-field-value';
import { facts, findings, sourceObject } from '../expectations';

/** `severity field: message` of each finding, sorted. */
function said(type: string, fields: string, name = 'x', labels = '{}'): string[] {
  const [apiVersion, kind] = type.split(' ');
  const manifest: unknown = {
    apiVersion,
    kind,
    metadata: { name, namespace: 'n', labels: parse(labels) as object },
    ...parse(fields),
  };
  return findings(pluginFieldValue, [sourceObject(manifest, 'file')], facts())
    .map(({ severity, origin, message }) => `${severity} ${origin?.construct ?? ''}: ${message}`)
    .sort(compareText);
}

describe('policies of Cilium', () => {
  const PORT_TEXT =
    'error spec.ingress.0.toPorts.0.ports.1.port: port is "08080", and must be the number of a port or its name, as text: "80"';
  const say = (rule: string, kind = 'CiliumNetworkPolicy'): string[] => said(`cilium.io/v2 ${kind}`, `spec: ${rule}`);

  test.each([
    ['{ ingress: [] }', 'error spec.endpointSelector: the rule has no endpointSelector'],
    [
      '{ nodeSelector: {}, ingress: [] }',
      'error spec.nodeSelector: nodeSelector is for a CiliumClusterwideNetworkPolicy, and nodes have no namespace',
    ],
    [
      '{ endpointSelector: { matchLabels: { "a b": c, "k8s:app": a, "any:io.cilium/app": a } }, ingress: [] }',
      'error spec.endpointSelector.matchLabels.a b: "a b" is not a label key',
    ],
    [
      '{ endpointSelector: {}, egress: [{ toEndpoints: [{ matchExpressions: [{ key: "a:b:c", operator: Exists }] }] }] }',
      'error spec.egress.0.toEndpoints.0.matchExpressions.0.key: "a:b:c" is not a label key',
    ],
    ['{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "0777" }, { port: "08080" }] }] }] }', PORT_TEXT],
    [
      '{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: "*" }, { path: "/(?i)a" }] } }] }] }',
      'error spec.ingress.0.toPorts.0.rules.http.0.path: path is "*", and must be a regular expression',
    ],
    ['{ endpointSelector: {} }', 'error spec.ingress: spec has none of ingress, ingressDeny, egress, egressDeny'],
    [
      '{ endpointSelector: {}, ingress: [null] }',
      'error spec.ingress.0: item 1 of ingress is null, and must be a mapping',
    ],
    [
      '{ endpointSelector: {}, ingress: [{ icmps: [{ fields: [{ family: ipv4, type: 8 }] }] }] }',
      'error spec.ingress.0.icmps.0.fields.0.family: family is "ipv4", and must be IPv4 or IPv6',
    ],
    [
      "{ endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: a.example.com, matchPattern: '*' }] }] }",
      'error spec.egress.0.toFQDNs.0.matchPattern: item 1 of toFQDNs has matchName and matchPattern, and may have one of them',
    ],
    [
      '{ endpointSelector: {}, ingress: [{ fromEntities: [world-ipv4] }] }',
      'error spec.ingress.0.fromEntities.0: item 1 of fromEntities is "world-ipv4", and must be all, world, cluster, cluster-mesh, host, init, ingress, unmanaged, remote-node, health, none or kube-apiserver',
    ],
    [
      '{ endpointSelector: {}, ingress: [{ fromCIDR: [10.0.0.0/33] }] }',
      'error spec.ingress.0.fromCIDR.0: item 1 of fromCIDR is "10.0.0.0/33", and must be a CIDR with its prefix length, such as 192.0.2.0/24',
    ],
    [
      '{ endpointSelector: {}, egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [192.168.0.0/16] }] }] }',
      'error spec.egress.0.toCIDRSet.0.except.0: except: 192.168.0.0/16 is not inside of 10.0.0.0/8',
    ],
    [
      '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}], fromCIDR: [10.0.0.0/8] }] }',
      'error spec.ingress.0.fromEndpoints: the rule has fromCIDR and fromEndpoints, which Cilium does not combine',
    ],
    [
      "{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: '70000' }] }] }] }",
      'error spec.ingress.0.toPorts.0.ports.0.port: port is "70000", and must be the number of a port or its name, as text: "80"',
    ],
    [
      '{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: 80 }] }] }] }',
      'error spec.ingress.0.toPorts.0.ports.0.port: port is 80, and must be the number of a port or its name, as text: "80"',
    ],
    [
      "{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: '53', protocol: UDP }], rules: { dns: [{ matchName: a.example.com }] } }] }] }",
      'error spec.ingress.0.toPorts.0.rules.dns: DNS rules are for egress, and this is an ingress rule',
    ],
    [
      "{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: '80' }], rules: { http: [{}] } }] }] }",
      'error spec.ingress.0.toPorts.0.ports.0.protocol: the port has http rules, and its protocol is not set',
    ],
    [
      '{ endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: "https://example.com" }] }] }',
      'error spec.egress.0.toFQDNs.0.matchName: matchName is "https://example.com", and must be a DNS name, without scheme and port',
    ],
  ])('%s', (rule, expected) => {
    expect(say(rule)).toEqual([expected]);
  });

  test('a clusterwide policy of both', () => {
    expect(say('{ endpointSelector: {}, nodeSelector: {}, ingress: [] }', 'CiliumClusterwideNetworkPolicy')).toEqual([
      'error spec.nodeSelector: the rule has an endpointSelector and a nodeSelector',
    ]);
  });

  test('a policy without rules', () => {
    expect(said('cilium.io/v2 CiliumNetworkPolicy', '{}')).toEqual(['error spec: the policy has no rule']);
  });

  test('what later versions of Cilium refuse is a warning', () => {
    expect(
      say('{ endpointSelector: {}, ingress: [{ fromRequires: [{ matchLabels: { a: b } }], fromEndpoints: [{}] }] }'),
    ).toEqual(['warning spec.ingress.0.fromRequires: fromRequires has items, which later versions of the API refuse']);
    expect(say('{ endpointSelector: {}, egress: [{ toRequires: [], toEndpoints: [{}] }] }')).toEqual([]);
  });

  test('more ports than Cilium takes', () => {
    const ports = (count: number): string => `[${"{ port: '80' },".repeat(count)}]`;
    expect(say(`{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: ${ports(41)} }] }] }`)).toEqual([
      'error spec.ingress.0.toPorts.0.ports: ports has 41 items, and at most 40 are allowed',
    ]);
    expect(say(`{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: ${ports(40)} }] }] }`)).toEqual([]);
  });

  test('silent: what Cilium takes', () => {
    expect(
      say(
        `
        endpointSelector: { matchLabels: { 'k8s:app': web } }
        ingress:
          - fromEntities: [cluster, world]
            toPorts: [{ ports: [{ port: '80', protocol: TCP, endPort: 90 }], rules: { http: [{ method: GET }] } }]
          - fromCIDR: [10.0.0.1/32]
        egress:
          - toEndpoints: [{ matchExpressions: [{ key: 'k8s:app', operator: Exists }] }]
            toPorts: [{ ports: [{ port: '53', protocol: ANY }], rules: { dns: [{ matchPattern: '*' }] } }]
          - toFQDNs: [{ matchPattern: '*.example.com.' }]
            toPorts: [{ ports: [{ port: https }, { protocol: VRRP }] }]
      `
          .replace(/^ {8}/gm, '      ')
          .replace(/^/, '\n'),
      ),
    ).toEqual([]);
  });
});

describe('BGP, gateways and announcements of Cilium', () => {
  test.each([
    [
      'CiliumBGPAdvertisement',
      '{ advertisements: [{ advertisementType: Service, selector: {} }] }',
      [
        'error spec.advertisements.0.service: item 1 of advertisements has no service, which the advertisementType Service needs',
      ],
    ],
    [
      'CiliumBGPAdvertisement',
      '{ advertisements: [{ advertisementType: PodCIDR, selector: {}, service: { addresses: [ClusterIP] } }] }',
      [
        'error spec.advertisements.0.selector: a selector is set, and the advertisementType PodCIDR has nothing to select from',
        'error spec.advertisements.0.service: service is set, and the advertisementType is PodCIDR',
      ],
    ],
    [
      'CiliumBGPAdvertisement',
      '{ advertisements: [{ advertisementType: Service, service: { addresses: [ClusterIP] } }] }',
      ['warning spec.advertisements.0: the advertisement of type Service has no selector, and selects nothing'],
    ],
    [
      'CiliumBGPPeerConfig',
      '{ timers: { holdTimeSeconds: 9 } }',
      ['error spec.timers.holdTimeSeconds: keepAliveTimeSeconds is 30 unless it is set, and holdTimeSeconds is 9'],
    ],
    ['CiliumBGPPeerConfig', '{ timers: { holdTimeSeconds: 9, keepAliveTimeSeconds: 9 } }', []],
    [
      'CiliumBGPClusterConfig',
      '{ bgpInstances: [{ name: i, localASN: 0, peers: [{ name: a }, { name: a, peerAddress: 10.0.0.1/32 }] }] }',
      [
        'error spec.bgpInstances.0.localASN: localASN is 0, and must be a whole number from 1 to 4294967295',
        'error spec.bgpInstances.0.peers.0.peerAddress: item 1 of peers has no peerAddress',
        'error spec.bgpInstances.0.peers.1.name: two items of peers have the name a',
        'error spec.bgpInstances.0.peers.1.peerAddress: peerAddress is "10.0.0.1/32", and must be an IPv4 or IPv6 address',
      ],
    ],
    [
      'CiliumEgressGatewayPolicy',
      '{ selectors: [], destinationCIDRs: [10.0.0.0/8], egressGateway: { nodeSelector: {}, interface: eth0, egressIP: "" }, egressGateways: [{ nodeSelector: {}, interface: eth0, egressIP: 10.0.0.1 }, { nodeSelector: {}, egressIP: 10.0.0.300 }] }',
      [
        'error spec.egressGateways.0.egressIP: the gateway has an interface and an egressIP',
        'error spec.egressGateways.1.egressIP: egressIP is "10.0.0.300", and must be an IPv4 or IPv6 address',
      ],
    ],
    [
      'CiliumEgressGatewayPolicy',
      '{ selectors: [], destinationCIDRs: [10.0.0.0/8], egressGateways: [] }',
      ['error spec.egressGateway: spec has no egressGateway'],
    ],
    [
      'CiliumEgressGatewayPolicy',
      '{ selectors: [], destinationCIDRs: [10.0.0.0/8], excludedCIDRs: [192.168.0.0/16], egressGateway: { nodeSelector: {}, interface: eth0, egressIP: 10.0.0.1 } }',
      [
        'error spec.egressGateway.egressIP: the gateway has an interface and an egressIP',
        'warning spec.excludedCIDRs.0: excludedCIDRs: 192.168.0.0/16 is outside of destinationCIDRs, and excludes nothing',
      ],
    ],
    [
      'CiliumLoadBalancerIPPool',
      '{ allowFirstLastIPs: false, blocks: [] }',
      ['error spec.allowFirstLastIPs: allowFirstLastIPs is false, and must be Yes or No'],
    ],
    [
      'CiliumCIDRGroup',
      '{ externalCIDRs: [10.0.0.0/8, 10.1.0.0/40] }',
      [
        'error spec.externalCIDRs.1: item 2 of externalCIDRs is "10.1.0.0/40", and must be a CIDR with its prefix length, such as 192.0.2.0/24',
      ],
    ],
  ])('%s %s', (kind, spec, expected) => {
    expect(said(`cilium.io/v2 ${kind}`, `spec: ${spec}`)).toEqual([...expected].sort(compareText));
  });

  test('a policy that announces nothing', () => {
    expect(said('cilium.io/v2alpha1 CiliumL2AnnouncementPolicy', "spec: { interfaces: ['eth[0'] }")).toEqual([
      'error spec.interfaces.0: item 1 of interfaces is "eth[0", and must be a regular expression',
      'warning spec: neither loadBalancerIPs nor externalIPs is true, so that the policy announces nothing',
    ]);
  });
});

describe('policies of Calico', () => {
  const say = (spec: string, kind = 'NetworkPolicy'): string[] => said(`projectcalico.org/v3 ${kind}`, `spec: ${spec}`);

  test.each([
    ['{ types: [ingress] }', 'error spec.types.0: item 1 of types is "ingress", and must be Ingress or Egress'],
    ['{ types: [Egress, Egress] }', 'error spec.types.1: types has Egress twice'],
    ['{ ingress: [{ action: Allow, protocol: tpc }] }', 'error spec.ingress.0.protocol: protocol is "tpc"'],
    [
      "{ ingress: [{ action: Allow, protocol: TCP, destination: { ports: ['90:80'] } }] }",
      'error spec.ingress.0.destination.ports.0: the port is "90:80"',
    ],
    [
      '{ ingress: [{ action: Allow, protocol: ICMP, icmp: { code: 8 } }] }',
      'error spec.ingress.0.icmp.type: icmp has no type',
    ],
    [
      '{ ingress: [{ action: Allow, icmp: { type: 8 } }] }',
      'error spec.ingress.0.icmp: icmp is set, and the protocol is not ICMP or ICMPv6',
    ],
    [
      '{ ingress: [{ action: Allow, protocol: ICMP, ipVersion: 6 }] }',
      'error spec.ingress.0.ipVersion: ipVersion is 6, and the protocol is "ICMP"',
    ],
    [
      "{ ingress: [{ action: Allow, source: { nets: [10.0.0.0/8] }, destination: { nets: ['fd00::/8'] } }] }",
      'error spec.ingress.0.destination.nets.0: the rule names networks of both IP families',
    ],
    [
      '{ egress: [{ action: Allow, source: { services: { name: s } } }] }',
      'error spec.egress.0.source.services: services cannot be the source of an egress rule',
    ],
    [
      '{ egress: [{ action: Allow, protocol: TCP, destination: { services: { name: s }, ports: [80] } }] }',
      'error spec.egress.0.destination.ports: the destination has services and ports',
    ],
    [
      '{ ingress: [{ action: Allow, source: { services: { name: s }, selector: all() } }] }',
      'error spec.ingress.0.source.selector: the source has services and selector',
    ],
    [
      '{ egress: [{ action: Allow, http: { methods: [GET] } }] }',
      'error spec.egress.0.http: http is for ingress rules, and this is an egress rule',
    ],
    [
      '{ ingress: [{ action: Deny, http: { methods: [GET] } }] }',
      'error spec.ingress.0.http: http is for rules that allow, and the action is "Deny"',
    ],
    [
      '{ ingress: [{ action: Allow, http: { paths: [{ exact: /a, prefix: /b }] } }] }',
      'error spec.ingress.0.http.paths.0: the path has exact and prefix',
    ],
    ['{ ingress: [{ action: Allow, protocol: tcp }] }', 'error spec.ingress.0.protocol: protocol is "tcp"'],
    ['{ ingress: [{ protocol: TCP }] }', 'error spec.ingress.0.action: item 1 of ingress has no action'],
    [
      '{ ingress: [{ action: Allow, protocol: TCP, destination: { ports: [HTTP] } }] }',
      'error spec.ingress.0.destination.ports.0: the port is "HTTP"',
    ],
    [
      '{ egress: [{ action: Allow, destination: { services: { name: Api } } }] }',
      'error spec.egress.0.destination.services.name: name is "Api", and must be a name of lower-case letters, digits, hyphens and dots',
    ],
    [
      '{ ingress: [{ action: Allow, protocol: ICMP, icmp: { type: -1 } }] }',
      'error spec.ingress.0.icmp.type: type is -1, and must be a whole number from 0 to 254',
    ],
  ])('%s', (spec, expected) => {
    expect(say(spec)).toEqual([expected]);
  });

  test('a Service in a policy without namespace', () => {
    expect(
      say('{ egress: [{ action: Allow, destination: { services: { name: s } } }] }', 'GlobalNetworkPolicy'),
    ).toEqual(['error spec.egress.0.destination.services.namespace: services has no namespace']);
  });

  test('silent: what Calico takes', () => {
    expect(
      say(
        "{ types: [Ingress], ingress: [{ action: Allow, protocol: TCP, source: { nets: [10.0.0.1/32] }, destination: { ports: [80, '81:90', http] } }, { action: Allow, protocol: 47 }, { action: Deny, protocol: ICMPv6, ipVersion: 6, icmp: { type: 128, code: 0 } }] }",
      ),
    ).toEqual([]);
  });
});

describe('other objects of Calico', () => {
  test.each([
    [
      'BGPPeer',
      '{ node: a, nodeSelector: all(), peerIP: "10.0.0.1:0", asNumber: "1.70000" }',
      [
        'error spec.asNumber: asNumber is "1.70000", which is no AS number',
        'error spec.nodeSelector: the peer has node and nodeSelector',
        'error spec.peerIP: peerIP is "10.0.0.1:0", and must be an address, or one with its port: 192.0.2.1:179 or "[2001:db8::1]:179"',
      ],
    ],
    [
      'BGPPeer',
      '{ peerIP: 10.0.0.1, asNumber: 1, reachableBy: "fd00::1" }',
      ['error spec.reachableBy: reachableBy is an IPv6 address, and the peer has IPv4'],
    ],
    [
      'BGPPeer',
      '{ peerIP: "[fd00::1]:1179", asNumber: "1.10", reachableBy: "fd00::2" }',
      [
        'warning spec.asNumber: asNumber is the text "1.10", which the CRD of Calico refuses: calicoctl and Calico\'s own API server alone read it',
      ],
    ],
    [
      'GlobalNetworkPolicy',
      '{ order: "10", types: [Ingress], ingress: [{ action: Allow, protocol: ICMP, icmp: { type: 443 } }] }',
      [
        'error spec.ingress.0.icmp.type: type is 443, and must be a whole number from 0 to 254',
        'error spec.order: order is "10", and must be a number',
      ],
    ],
    [
      'BGPPeer',
      '{ peerIP: 10.0.0.1, asNumber: 64512, keepOriginalNextHop: "true", filters: [null] }',
      [
        'error spec.filters.0: item 1 of filters is null, and must be a text',
        'error spec.keepOriginalNextHop: keepOriginalNextHop is "true", and must be true or false',
      ],
    ],
    [
      'BGPFilter',
      "{ exportV4: [{ action: Accept, cidr: 'fd00::/8' }], importV6: [{ action: Reject, matchOperator: In }] }",
      [
        'error spec.exportV4.0.cidr: cidr is "fd00::/8", and must be an IPv4 CIDR, such as 192.0.2.0/24',
        'error spec.exportV4.0.matchOperator: item 1 of exportV4 has no matchOperator',
        'error spec.importV6.0.matchOperator: matchOperator is set, and there is no cidr',
      ],
    ],
    [
      'BGPConfiguration',
      '{ communities: [{ name: a, value: "70000:1" }], nodeToNodeMeshEnabled: false, nodeMeshPassword: {} }',
      [
        'error spec.communities: communities are defined, and no item of prefixAdvertisements uses them',
        'error spec.communities.0.value: value is "70000:1", and must be a community, such as 65000:100 or 65000:100:1',
        'error spec.nodeMeshPassword: nodeMeshPassword is set, and nodeToNodeMeshEnabled is false',
      ],
    ],
    [
      'BGPConfiguration',
      '{ communities: [{ name: a, value: "65000:1" }], prefixAdvertisements: [{ cidr: 10.0.0.0/8, communities: [a, "1:2:3", b] }] }',
      ['error spec.prefixAdvertisements.0.communities.2: "b" is no community, and none that is defined here'],
    ],
    ['HostEndpoint', '{ node: a }', ['error spec.interfaceName: spec has no interfaceName']],
    ['GlobalNetworkSet', '{ nets: [10.0.0.1, 10.0.0.0/8] }', []],
    [
      'IPPool',
      '{ cidr: 10, blockSize: "26", ipipMode: true, nodeSelector: 1, allowedUses: Workload }',
      [
        'error spec.allowedUses: allowedUses is "Workload", and must be a list',
        'error spec.blockSize: blockSize is "26", and must be a whole number',
        'error spec.cidr: cidr is 10, and must be a text',
        'error spec.ipipMode: ipipMode is true, and must be a text',
        'error spec.nodeSelector: nodeSelector is 1, and must be a text',
      ],
    ],
    [
      'IPPool',
      '{ disabled: "yes", natOutgoing: 1 }',
      [
        'error spec.cidr: spec has no cidr',
        'error spec.disabled: disabled is "yes", and must be true or false',
        'error spec.natOutgoing: natOutgoing is 1, and must be true or false',
      ],
    ],
    [
      'IPReservation',
      '{ reservedCIDRs: [7] }',
      ['error spec.reservedCIDRs.0: item 1 of reservedCIDRs is 7, and must be a text'],
    ],
    [
      'IPAMConfiguration',
      '{ maxBlocksPerHost: -1 }',
      ['error spec.maxBlocksPerHost: maxBlocksPerHost is -1, and must be a whole number from 0 to 2147483647'],
    ],
    ['IPAMConfiguration', '{ strictAffinity: true, maxBlocksPerHost: 8 }', []],
    [
      'BGPPeer',
      '{ peerIP: 10.0.0.1, asNumber: 4200000000, filters: [Edge], maxRestartTime: 10, ttlSecurity: 256 }',
      [
        'error spec.filters.0: item 1 of filters is "Edge", and must be a name of lower-case letters, digits, hyphens and dots',
        'error spec.maxRestartTime: maxRestartTime is 10, and must be a duration with units, such as 10s or 1m30s',
        'error spec.ttlSecurity: ttlSecurity is 256, and must be a whole number from 0 to 255',
        'warning spec.asNumber: asNumber is 4200000000: newer versions of Kubernetes refuse more than 2147483647, as the CRD of Calico says int32',
      ],
    ],
    ['BGPPeer', '{ peerIP: 10.0.0.1, asNumber: 1.5 }', ['error spec.asNumber: asNumber is 1.5, which is no AS number']],
    [
      'BGPFilter',
      '{ exportV4: [{ action: Accept, interface: a b, source: remotePeers, peerType: eBGP, priority: 1 }] }',
      [
        'error spec.exportV4.0.interface: interface is "a b", and must be the name of an interface, in which * may stand',
        'error spec.exportV4.0.source: source is "remotePeers", and must be RemotePeers',
      ],
    ],
    [
      'HostEndpoint',
      '{ node: a, interfaceName: eth0, ports: [{ name: SSH, port: 0, protocol: ICMP }] }',
      [
        'error spec.ports.0.name: name is "SSH", and must be the name of a port: at most 15 lower-case letters, digits and single hyphens',
        'error spec.ports.0.port: port is 0, and must be a whole number from 1 to 65535',
        'error spec.ports.0.protocol: protocol is "ICMP"',
      ],
    ],
    [
      'FelixConfiguration',
      '{ bpfEnabled: "true", logSeverityScreen: info, nftablesMode: Auto }',
      ['error spec.bpfEnabled: bpfEnabled is "true", and must be true or false'],
    ],
  ])('%s %s', (kind, spec, expected) => {
    expect(said(`projectcalico.org/v3 ${kind}`, `spec: ${spec}`)).toEqual([...expected].sort(compareText));
  });

  test('a pool of nothing', () => {
    expect(said('projectcalico.org/v3 IPPool', '{}')).toEqual(['error spec: the object has no spec']);
  });

  test('names and labels', () => {
    const tier = 'projectcalico.org/v3 Tier';
    expect(said(tier, 'spec: { order: 1 }', 'a.b')).toEqual([
      'error metadata.name: the name of the tier is "a.b", and must be a DNS label',
    ]);
    expect(said(tier, 'spec: { order: 1 }', 'default')).toEqual([
      'error spec.order: the order of the tier default is 1',
    ]);
    expect(said(tier, 'spec: { order: 1000000 }', 'default')).toEqual([]);
    expect(said('projectcalico.org/v3 NetworkSet', 'spec: {}', 'a', '{ projectcalico.org/namespace: b }')).toEqual([
      'error metadata.labels.projectcalico.org/namespace: a set of networks may not have the label projectcalico.org/namespace',
    ]);
  });

  test('an Installation', () => {
    expect(
      said(
        'operator.tigera.io/v1 Installation',
        'spec: { kubernetesProvider: eks, calicoNetwork: { nodeAddressAutodetectionV4: { firstFound: true, interface: eth0 } } }',
      ),
    ).toEqual([
      'error spec.calicoNetwork.nodeAddressAutodetectionV4.interface: firstFound and interface are set, and one of them can find the address of a node',
      'error spec.kubernetesProvider: kubernetesProvider is "eks", and must be EKS, GKE, AKS, OpenShift, DockerEnterprise, RKE2, TKG or Kind',
    ]);
  });
});

test.each([
  ['hostPorts: true', 'write it in quotes: "Enabled" or "Disabled"'],
  ['hostPorts: 0', 'write Enabled or Disabled'],
  ['hostPorts: enabled', 'write Enabled or Disabled: case matters'],
  ['mtu: "1440"', 'write it without quotes'],
])('the help for %s of an Installation', (setting, help) => {
  const spec: unknown = parse(`calicoNetwork: { ${setting} }`);
  const manifest = { apiVersion: 'operator.tigera.io/v1', kind: 'Installation', metadata: { name: 'default' }, spec };
  const found = findings(pluginFieldValue, [sourceObject(manifest, 'file')], facts());
  expect(found.map((each) => each.help)).toEqual([help]);
});

describe('objects of MetalLB', () => {
  test.each([
    [
      'BFDProfile',
      '{ receiveInterval: 5, transmitInterval: 60000, detectMultiplier: 256, minimumTtl: 254 }',
      [
        'error spec.detectMultiplier: detectMultiplier is 256, and must be a whole number from 2 to 255',
        'error spec.receiveInterval: receiveInterval is 5, and must be a whole number from 10 to 60000',
      ],
    ],
    [
      'L2Advertisement',
      '{ ipAddressPools: [a, a], nodeSelectors: [{ matchLabels: { a: b } }, { matchLabels: { a: b } }] }',
      [
        'error spec.ipAddressPools.1: ipAddressPools has a twice',
        'error spec.nodeSelectors.1: nodeSelectors has the same item twice',
      ],
    ],
    [
      'BGPAdvertisement',
      '{ localPref: -1, communities: ["1:2:3"] }',
      [
        'error spec.communities.0: item 1 of communities is "1:2:3", and must be a community, such as 65000:100 or large:65000:100:1',
        'error spec.localPref: localPref is -1, and must be a whole number from 0 to 4294967295',
      ],
    ],
    [
      'BGPPeer',
      '{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: -90s }',
      ['error spec.holdTime: the hold time is -90s, and must be 0 or at least 3s'],
    ],
    [
      'BGPAdvertisement',
      '{ aggregationLength: 24, serviceSelectors: [{}], communities: ["65536:1", no-export, "large:1:2:3"] }',
      [
        'error spec.aggregationLength: aggregationLength is 24, and serviceSelectors are set: an aggregate cannot be of some Services',
        'error spec.communities.0: item 1 of communities is "65536:1", and must be a community, such as 65000:100 or large:65000:100:1',
      ],
    ],
    [
      'BGPPeer',
      '{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 2s, peerPort: 16385, password: a, passwordSecret: { name: b } }',
      [
        'error spec.holdTime: the hold time is 2s, and must be 0 or at least 3s',
        'error spec.password: the peer has a password and a passwordSecret',
        'error spec.peerPort: peerPort is 16385, and must be a whole number from 0 to 16384',
      ],
    ],
    [
      'BGPPeer',
      '{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 1m, keepaliveTime: 61s }',
      ['error spec.keepaliveTime: keepaliveTime is 61s, and holdTime is 1m'],
    ],
    [
      'Community',
      '{ communities: [{ name: a }, { name: b, value: "" }, { name: c, value: "65536:1" }, { name: d, value: "65000:1" }] }',
      [
        'error spec.communities.0.value: item 1 of communities has no value',
        'error spec.communities.1.value: value is "", and must be a community, such as 65000:100 or large:65000:100:1',
        'error spec.communities.2.value: value is "65536:1", and must be a community, such as 65000:100 or large:65000:100:1',
      ],
    ],
    [
      'IPAddressPool',
      '{ addresses: [192.0.2.0/28], serviceAllocation: { namespaces: [a, b, a], namespaceSelectors: [{ matchLabels: { a: b } }, { matchLabels: { a: b } }] } }',
      [
        'error spec.serviceAllocation.namespaceSelectors.1: namespaceSelectors has the same item twice',
        'error spec.serviceAllocation.namespaces.2: namespaces has a twice',
      ],
    ],
    [
      'BGPPeer',
      '{ holdTime: 90s }',
      [
        'error spec.myASN: spec has no myASN',
        'error spec.peerASN: spec has no peerASN',
        'error spec.peerAddress: spec has no peerAddress',
      ],
    ],
    [
      'BGPAdvertisement',
      '{ aggregationLength: "32", ipAddressPools: public }',
      [
        'error spec.aggregationLength: aggregationLength is "32", and must be a whole number from 1',
        'error spec.ipAddressPools: ipAddressPools is "public", and must be a list',
      ],
    ],
    ['BGPPeer', '{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 3s, keepaliveTime: 1s500ms }', []],
    [
      'BGPPeer',
      '{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, keepaliveTime: 500ms }',
      ['error spec.keepaliveTime: the hold time is 1s, and must be 0 or at least 3s'],
    ],
    [
      'IPAddressPool',
      "{ addresses: [], autoAssign: 'false', serviceAllocation: { serviceSelectors: [{ matchExpressions: [{ key: a, operator: In, values: [b, b] }] }, { matchExpressions: [{ key: a, operator: Exists, values: [b] }] }] } }",
      [
        'error spec.autoAssign: autoAssign is "false", and must be true or false',
        'error spec.serviceAllocation.serviceSelectors.0.matchExpressions.0.values.1: values has b twice',
        'error spec.serviceAllocation.serviceSelectors.1.matchExpressions.0.values: the operator Exists has values, and looks at the key alone',
      ],
    ],
  ])('%s %s', (kind, spec, expected) => {
    expect(said(`metallb.io/v1beta1 ${kind}`, `spec: ${spec}`)).toEqual([...expected].sort(compareText));
  });
});
