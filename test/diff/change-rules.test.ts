import { type ChangeRule, CHANGE_RULES } from '../../lib/diff';
import { runChangeRules } from '../../lib/diff/change-rule';
import { modelChange } from '../../lib/diff/model-change';
import { compareFindings, objectText } from '../../lib/finding/finding';
import { networkModel } from '../../lib/model';
import { facts, objects } from '../rules/expectations';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly version?: string;
  /** `severity Kind name at field: message` */
  readonly expected: readonly string[];
}

function found(rule: ChangeRule, { before, after, version }: Case): string[] {
  const known = facts({ ...(version !== undefined && { kubernetesVersion: version }) });
  const change = modelChange(networkModel(objects(before), known), networkModel(objects(after), known));
  return runChangeRules([rule], change)
    .sort(compareFindings)
    .map(
      ({ severity, object, origin, message }) =>
        `${severity} ${objectText(object)} at ${origin?.construct ?? ''}: ${message}`,
    );
}

const cases: Readonly<Record<string, readonly Case[]>> = {
  NL801: [
    {
      name: 'from headless to an address of the cluster, and back',
      before: '[{ Service shop/a: { clusterIP: None } }, { Service shop/b: {} }]',
      after: '[{ Service shop/a: {} }, { Service shop/b: { clusterIP: None } }]',
      expected: [
        'error Service shop/b at spec.clusterIP: clusterIP changes from an address of the cluster to None',
        'warning Service shop/a at spec.clusterIP: clusterIP: None is left out: the Service stays headless',
      ],
    },
    {
      name: 'a headless Service that becomes a node port',
      before: '[{ Service shop/a: { clusterIP: None } }]',
      after: '[{ Service shop/a: { type: NodePort } }]',
      expected: ['error Service shop/a at spec.clusterIP: clusterIP changes from None to an address of the cluster'],
    },
    {
      name: 'pinning may be refused, leaving the address to the cluster is not',
      before: '[{ Service shop/a: {} }, { Service shop/b: { clusterIP: 10.96.0.9 } }]',
      after: '[{ Service shop/a: { clusterIP: 10.96.0.9 } }, { Service shop/b: {} }]',
      expected: [
        'warning Service shop/a at spec.clusterIP: clusterIP 10.96.0.9 is asked for by a Service whose address the cluster chose',
      ],
    },
    {
      name: 'ExternalName, another spelling, clusterIPs alone, and a further family change nothing',
      before:
        "[{ Service a/a: { clusterIP: 10.96.0.9 } }, { Service a/b: { clusterIP: 'fd00::1' } }, { Service a/c: { clusterIP: 10.96.0.3 } }]",
      after:
        "[{ Service a/a: { type: ExternalName, externalName: x.example.com } }, { Service a/b: { clusterIP: 'fd00:0::1' } }, { Service a/c: { clusterIPs: [10.96.0.3, 'fd00::3'] } }]",
      expected: [],
    },
  ],
  NL802: [
    {
      name: 'headless Services: the first family may change, the second one goes with SingleStack only',
      before:
        '[{ Service a/a: { clusterIP: None, ipFamilies: [IPv4], selector: { a: b } } }, { Service a/b: { clusterIP: None, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack } }, { Service a/c: { clusterIP: None } }]',
      after:
        '[{ Service a/a: { clusterIP: None, ipFamilies: [IPv6], selector: { a: b } } }, { Service a/b: { clusterIP: None, ipFamilies: [IPv4], ipFamilyPolicy: PreferDualStack } }, { Service a/c: { clusterIP: None, ipFamilies: [IPv4] } }]',
      expected: [
        'error Service a/b at spec.ipFamilies: the second IP family is left out, and ipFamilyPolicy is PreferDualStack',
        'error Service a/c at spec.ipFamilies: the second IP family is left out, and ipFamilyPolicy is as it was',
      ],
    },
    {
      name: 'where neither the Service nor the cluster says the first family',
      before: '[{ Service a/a: {} }, { Service a/b: {} }]',
      after: '[{ Service a/a: { ipFamilies: [IPv6] } }, { Service a/b: { ipFamilies: [IPv4] } }]',
      expected: [
        'warning Service a/a at spec.ipFamilies.0: the primary IP family is IPv6 now, and was that of the cluster',
      ],
    },
    {
      name: 'the family of the address that is set',
      before: '[{ Service a/a: { clusterIP: 10.96.0.9 } }]',
      after: '[{ Service a/a: { clusterIP: 10.96.0.9, ipFamilies: [IPv6] } }]',
      expected: ['error Service a/a at spec.ipFamilies.0: the primary IP family changes from IPv4 to IPv6'],
    },
    {
      name: 'the second family goes with SingleStack only',
      before:
        '[{ Service a/a: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6] } }, { Service a/b: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6] } }]',
      after:
        '[{ Service a/a: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4] } }, { Service a/b: { ipFamilyPolicy: SingleStack, ipFamilies: [IPv4] } }]',
      expected: [
        'error Service a/a at spec.ipFamilies: the second IP family is left out, and ipFamilyPolicy is PreferDualStack',
      ],
    },
  ],
  NL803: [
    {
      name: 'set later, and removed; not while it was or becomes another type',
      before:
        '[{ Service a/a: { type: LoadBalancer } }, { Service a/b: { type: LoadBalancer, loadBalancerClass: x/y } }, { Service a/c: { type: LoadBalancer, loadBalancerClass: x/y } }]',
      after:
        '[{ Service a/a: { type: LoadBalancer, loadBalancerClass: x/y } }, { Service a/b: { type: LoadBalancer } }, { Service a/c: { type: NodePort } }]',
      expected: [
        'error Service a/a at spec.loadBalancerClass: loadBalancerClass changes from none to x/y',
        'error Service a/b at spec.loadBalancerClass: loadBalancerClass changes from x/y to none',
      ],
    },
  ],
  NL804: [
    {
      name: 'block size, also the default, and the use by load balancers',
      before:
        '[{ IPPool a: { cidr: 10.48.0.0/16 } }, { IPPool b: { cidr: 192.0.2.0/24, allowedUses: [LoadBalancer] } }, { IPPool c: { cidr: 10.49.0.0/16, blockSize: 26 } }]',
      after:
        '[{ IPPool a: { cidr: 10.48.0.0/16, blockSize: 24 } }, { IPPool b: { cidr: 192.0.2.0/24 } }, { IPPool c: { cidr: 10.49.0.0/16 } }]',
      expected: [
        'error IPPool a at spec.blockSize: blockSize of the pool a changes from /26 to /24',
        'error IPPool b at spec.allowedUses: allowedUses of the pool b changes from LoadBalancer to Workload or Tunnel',
      ],
    },
    {
      name: 'a pool of an Installation, by its name, is a warning',
      before: '[{ Installation default: { calicoNetwork: { ipPools: [{ name: p, cidr: 10.48.0.0/16 }] } } }]',
      after: '[{ Installation default: { calicoNetwork: { ipPools: [{ name: p, cidr: 10.49.0.0/16 }] } } }]',
      expected: [
        'warning Installation default at spec.calicoNetwork.ipPools.0.cidr: cidr of the pool p changes from 10.48.0.0/16 to 10.49.0.0/16',
      ],
    },
  ],
  NL805: [
    ...(
      [
        ['1.33', ['error']],
        ['1.34', ['warning']],
        ['1.35', []],
        [undefined, []],
      ] as const
    ).map(([version, severities]): Case => ({
      name: `a second range in ${version ?? 'any version'}`,
      before: '[{ ServiceCIDR a: { cidrs: [10.97.0.0/16] } }]',
      after: "[{ ServiceCIDR a: { cidrs: [10.97.0.0/16, 'fd00:97::/112'] } }]",
      version,
      expected: severities.map(
        (severity) =>
          `${severity} ServiceCIDR a at spec.cidrs: cidrs change from 10.97.0.0/16 to 10.97.0.0/16, fd00:97::/112`,
      ),
    })),
    {
      name: 'from two to one in any version',
      before: "[{ ServiceCIDR a: { cidrs: [10.97.0.0/16, 'fd00:97::/112'] } }]",
      after: '[{ ServiceCIDR a: { cidrs: [10.97.0.0/16] } }]',
      expected: ['error ServiceCIDR a at spec.cidrs: cidrs change from 10.97.0.0/16, fd00:97::/112 to 10.97.0.0/16'],
    },
  ],
  NL806: [
    {
      name: 'a GatewayClass',
      before: '[{ GatewayClass a: { controllerName: x.example.com/y } }]',
      after: '[{ GatewayClass a: { controllerName: x.example.com/z } }]',
      expected: [
        'error GatewayClass a at spec.controllerName: controllerName changes from x.example.com/y to x.example.com/z',
      ],
    },
  ],
  NL808: [
    {
      name: 'the order of expressions means nothing',
      before:
        '[{ manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { selector: { matchExpressions: [{ key: a, operator: Exists }, { key: b, operator: In, values: [x, y] }] } } } }]',
      after:
        '[{ manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { selector: { matchExpressions: [{ key: b, operator: In, values: [y, x] }, { key: a, operator: Exists }], matchLabels: {} } } } }]',
      expected: [],
    },
  ],
  NL809: [
    {
      name: 'volume claims and pod management, not their defaults',
      before:
        '[{ manifest: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a }, spec: { volumeClaimTemplates: [{ metadata: { name: d }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }] } } }]',
      after:
        '[{ manifest: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a }, spec: { podManagementPolicy: OrderedReady, volumeClaimTemplates: [{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: d }, spec: { volumeMode: Filesystem, accessModes: [ReadWriteOnce], resources: { requests: { storage: 2Gi } } } }] } } }]',
      expected: ['error StatefulSet default/a at spec.volumeClaimTemplates: volumeClaimTemplates changes'],
    },
  ],
  NL810: [
    {
      name: 'of a suspended Job all but the template is as fixed as of any other',
      before:
        '[{ manifest: { apiVersion: batch/v1, kind: Job, metadata: { name: a }, spec: { suspend: true, completions: 2, completionMode: NonIndexed, template: { spec: { containers: [{ name: c, image: a }] } } } } }]',
      after:
        '[{ manifest: { apiVersion: batch/v1, kind: Job, metadata: { name: a }, spec: { suspend: true, completions: 2, completionMode: Indexed, managedBy: example.com/a, template: { spec: { containers: [{ name: c, image: a }] } } } } }]',
      expected: [
        'error Job default/a at spec.completionMode: completionMode changes',
        'error Job default/a at spec.managedBy: managedBy changes',
      ],
    },
    {
      name: 'hooks, replaced and suspended Jobs may change',
      before: ['helm.sh/hook: pre-upgrade', 'argocd.argoproj.io/sync-options: Replace=true']
        .map((annotation, index) => job(`j${index}`, annotation, 'a', false))
        .concat(job('j2', 'x: y', 'a', true))
        .join('\n'),
      after: ['helm.sh/hook: pre-upgrade', 'argocd.argoproj.io/sync-options: Replace=true']
        .map((annotation, index) => job(`j${index}`, annotation, 'b', false))
        .concat(job('j2', 'x: y', 'b', true))
        .join('\n'),
      expected: [],
    },
  ],
  NL819: [
    {
      name: 'a node that has registered anew is a warning',
      before:
        '[{ manifest: { apiVersion: v1, kind: Node, metadata: { name: a, uid: 1-1 }, spec: { podCIDRs: [10.0.1.0/24] } } }, { Node b: { podCIDRs: [10.0.2.0/24] } }]',
      after:
        '[{ manifest: { apiVersion: v1, kind: Node, metadata: { name: a, uid: 1-2 }, spec: { podCIDRs: [10.0.3.0/24] } } }, { Node b: {} }]',
      expected: [
        'error Node b at spec: the pod CIDR changes from 10.0.2.0/24 to none',
        'warning Node a at spec.podCIDRs.0: the pod CIDR changes from 10.0.1.0/24 to 10.0.3.0/24',
      ],
    },
  ],
  NL821: [
    {
      name: 'a mask is fixed, a range may go',
      before: '[{ CiliumPodIPPool a: { ipv4: { cidrs: [10.0.0.0/16, 10.1.0.0/16], maskSize: 24 } } }]',
      after: '[{ CiliumPodIPPool a: { ipv4: { cidrs: [10.0.0.0/16], maskSize: 25 } } }]',
      expected: [
        'error CiliumPodIPPool a at spec.ipv4.maskSize: maskSize changes from 24 to 25',
        'warning CiliumPodIPPool a at spec.ipv4.cidrs: the pool loses 10.1.0.0/16',
      ],
    },
  ],
  NL812: [
    {
      name: 'load balancer pools that others cover are not missed',
      before:
        '[{ IPAddressPool m/a: { addresses: [192.0.2.0/28] } }, { CiliumLoadBalancerIPPool c: { blocks: [{ cidr: 198.51.100.0/28 }] } }]',
      after: '[{ IPAddressPool m/b: { addresses: [192.0.2.0/24] } }]',
      expected: [
        'warning CiliumLoadBalancerIPPool c at spec: the pool c is removed, and no other pool of Cilium has 198.51.100.0/28',
      ],
    },
  ],
  NL814: [
    {
      name: 'names the Services that keep it',
      before: '[{ ServiceCIDR a: { cidrs: [10.97.0.0/16] } }, { Service a/a: { clusterIP: 10.97.0.9 } }]',
      after: '[{ Service a/a: { clusterIP: 10.97.0.9 } }]',
      expected: ['warning ServiceCIDR a at spec.cidrs: 10.97.0.0/16 is removed, and a Service has an address in it'],
    },
  ],
  NL815: [
    {
      name: 'by family, in annotations, and when it is no longer requested',
      before:
        "[{ Service a/a: { type: LoadBalancer }, annotations: { metallb.io/loadBalancerIPs: '192.0.2.1,2001:db8::1' } }, { Service a/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.9 } }]",
      after:
        "[{ Service a/a: { type: LoadBalancer }, annotations: { metallb.io/loadBalancerIPs: '2001:db8:0::1, 192.0.2.2' } }, { Service a/b: { type: LoadBalancer } }]",
      expected: [
        'warning Service a/a at metadata.annotations.metallb.io/loadBalancerIPs: the load balancer address 192.0.2.1 becomes 192.0.2.2',
        'warning Service a/b at spec.loadBalancerIP: the load balancer address 192.0.2.9 is no longer requested',
      ],
    },
  ],
  NL818: [
    {
      name: 'a cluster pool of Cilium may only be extended',
      before:
        '[{ manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, enable-ipv4: "true", cluster-pool-ipv4-cidr: 10.20.0.0/16 } } }]',
      after:
        '[{ manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, enable-ipv4: "true", cluster-pool-ipv4-cidr: "10.20.0.0/16,10.21.0.0/16" } } }]',
      expected: [],
    },
  ],
};

function job(name: string, annotation: string, image: string, suspend: boolean): string {
  return `- manifest: { apiVersion: batch/v1, kind: Job, metadata: { name: ${name}, annotations: { ${annotation} } }, spec: { suspend: ${String(suspend)}, template: { spec: { containers: [{ name: c, image: ${image} }] } } } }`;
}

describe.each(Object.entries(cases))('%s', (code, table) => {
  test.each(table)('$name', (entry) => {
    const rule = CHANGE_RULES.find((candidate) => candidate.code === code);
    expect(rule && found(rule, entry)).toEqual(entry.expected);
  });
});
