import { policyPeerMatchesNothing } from '../../../lib/rules/policies/policy-peer-matches-nothing';
import { testRule } from '../expectations';

testRule(policyPeerMatchesNothing, [
  {
    name: 'the name of a Namespace as a label that it does not have, although other namespaces are not known',
    input: `
      - Namespace monitoring: {}
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: monitoring } } }, { namespaceSelector: { matchLabels: { name: other } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.ingress.0.from.0.namespaceSelector
      the peer is in namespaces name=monitoring, and no Namespace has these labels
      help: select namespace monitoring by its name: kubernetes.io/metadata.name: monitoring, or add the labels to it
      `,
    ],
  },
  {
    name: 'pods that are in another namespace',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment monitoring/prometheus: { labels: { app: prometheus } }
      - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: prometheus } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.ingress.0.from.0.podSelector
      the peer is pods app=prometheus of namespace shop, and no workload matches
      help: Deployment monitoring/prometheus has these labels, in another namespace: selectors see their own namespace only; add namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } to the same item
      `,
    ],
  },
  {
    name: 'pods with a misspelt label',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - NetworkPolicy shop/web: { podSelector: {}, egress: [{ to: [{ podSelector: { matchLabels: { app: web, tier: fornt } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.egress.0.to.0.podSelector
      the peer is pods app=web,tier=fornt of namespace shop, and no workload matches
      help: the nearest is Deployment shop/web, whose pods have tier=front
      `,
    ],
  },
  {
    name: 'pods that the selected namespace does not have',
    input: `
      - Namespace shop: {}
      - Namespace data: {}
        labels: { team: data }
      - StatefulSet data/db: { labels: { app: db } }
      - NetworkPolicy shop/web: { podSelector: {}, egress: [{ to: [{ namespaceSelector: { matchLabels: { team: data } }, podSelector: { matchLabels: { app: bd } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.egress.0.to.0.podSelector
      the peer is pods app=bd of namespaces team=data, and no workload of data matches
      help: no pod in namespace data comes near: compare app=bd with the labels of the pod templates
      `,
    ],
  },
  {
    name: 'pods that several selected namespaces do not have',
    input: `
      - Namespace a: {}
        labels: { team: data }
      - Namespace b: {}
        labels: { team: data }
      - Deployment a/db: { labels: { app: db } }
      - Deployment b/db: { labels: { app: db } }
      - NetworkPolicy a/web: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: data } }, podSelector: { matchLabels: { app: bd } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy a/web at spec.ingress.0.from.0.podSelector
      the peer is pods app=bd of namespaces team=data, and no workload of these 2 namespaces matches
      help: no pod in namespace a comes near: compare app=bd with the labels of the pod templates
      `,
    ],
  },
  {
    name: 'labels that no Namespace has',
    input: `
      - Namespace monitoring: {}
      - NetworkPolicy monitoring/a: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: monitoring } } }] }] }
      - NetworkPolicy monitoring/b: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: team, operator: Exists }] } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy monitoring/a at spec.ingress.0.from.0.namespaceSelector
      the peer is in namespaces name=monitoring, and no Namespace has these labels
      help: select namespace monitoring by its name: kubernetes.io/metadata.name: monitoring, or add the labels to it
      `,
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy monitoring/b at spec.ingress.0.from.0.namespaceSelector
      the peer is in namespaces team, and no Namespace has these labels
      help: add the labels to the Namespace, or select it by its name: kubernetes.io/metadata.name
      `,
    ],
  },
  {
    name: 'the misspelt name of a namespace',
    input: `
      - Deployment monitoring/prometheus: { labels: { app: prometheus } }
      - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitorng } } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.ingress.0.from.0.namespaceSelector
      the peer is in namespace monitorng, which nothing else in the input mentions
      help: did you mean monitoring?
      `,
    ],
  },
  {
    name: 'peers that are there',
    input: `
      - Namespace shop: {}
        labels: { team: shop }
      - Deployment shop/web: { labels: { app: web } }
      - Deployment shop/api: { labels: { app: api } }
      - NetworkPolicy shop/web:
          podSelector: {}
          ingress:
            - from:
                - { podSelector: {} }
                - { podSelector: { matchLabels: { app: api } } }
                - { namespaceSelector: {} }
                - { namespaceSelector: { matchLabels: { team: shop } }, podSelector: { matchLabels: { app: web } } }
                - { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: {} }
                - { ipBlock: { cidr: 10.0.0.0/8 } }
                - {}
    `,
    expected: [],
  },
  {
    name: 'peers that may be outside of the input',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy shop/web:
          podSelector: {}
          egress:
            - to:
                - { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }
                - { namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }
                - { namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [shop] }] }, podSelector: { matchLabels: { app: db } } }
                - { namespaceSelector: { matchLabels: { team: data } } }
      - NetworkPolicy elsewhere/web: { podSelector: {}, egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }] }] }
    `,
    expected: [],
  },
  {
    name: 'pods that the operator of a custom resource makes',
    input: `
      - Deployment monitoring/grafana: { labels: { app: grafana } }
      - manifest:
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: k8s, namespace: monitoring, labels: { app: prometheus } }
      - NetworkPolicy monitoring/grafana: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: prometheus } } }] }] }
    `,
    expected: [],
  },
  {
    name: 'rules of a direction that the policy does not isolate, and peers that were meant as one',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Ingress], egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }] }] }
      - NetworkPolicy shop/b:
          podSelector: {}
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } } }, { podSelector: { matchLabels: { app: db } } }] }]
    `,
    expected: [],
  },
  {
    name: 'a block of a family that the cluster does not have',
    facts: { podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/16' },
    input: `
      - NetworkPolicy shop/web: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 'fd00:5::/64' } }] }] }
    `,
    expected: [
      `
      warning NL510 policy-peer-matches-nothing
      on NetworkPolicy shop/web at spec.egress.0.to.0.ipBlock.cidr
      fd00:5::/64 is IPv6, and the cluster has IPv4 alone: no connection of its pods has such an address
      help: write the IPv4 addresses, or remove the block
      `,
    ],
  },
  {
    name: 'blocks for clusters of any family, of all addresses, and of a direction that is not isolated',
    facts: { podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/16' },
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 'fd00:5::/64' } }] }, { to: [{ ipBlock: { cidr: 10.5.0.0/16 } }] }] }
      - NetworkPolicy shop/b: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: '::/0' } }] }] }
      - NetworkPolicy shop/c: { podSelector: {}, policyTypes: [Egress], ingress: [{ from: [{ ipBlock: { cidr: 'fd00:5::/64' } }] }] }
    `,
    expected: [],
  },
  {
    name: 'a block of a family that Services have',
    facts: { podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 'fd00:5::/64' } }] }] }
    `,
    expected: [],
  },
  {
    name: 'a block where the ranges of pods are not known',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 'fd00:5::/64' } }] }] }
    `,
    expected: [],
  },
]);
