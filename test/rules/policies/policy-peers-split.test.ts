import { policyPeersSplit } from '../../../lib/rules/policies/policy-peers-split';
import { testRule } from '../expectations';

const HELP =
  'help: if these pods of these namespaces are meant, make one item of the two: remove the hyphen of the second selector';

testRule(policyPeersSplit, [
  {
    name: 'a namespace, and pods that are there and not here',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment monitoring/prometheus: { labels: { app: prometheus } }
      - NetworkPolicy shop/web:
          ingress:
            - from:
                - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }
                - podSelector: { matchLabels: { app: prometheus } }
      - NetworkPolicy shop/turned:
          egress:
            - to:
                - podSelector: { matchLabels: { app: prometheus } }
                - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }
    `,
    expected: [
      `
      warning NL511 policy-peers-split
      on NetworkPolicy shop/turned at spec.egress.0.to.0
      two peers mean "or": all pods of the namespaces kubernetes.io/metadata.name=monitoring, or pods app=prometheus of namespace shop, where there are none
      ${HELP}
      `,
      `
      warning NL511 policy-peers-split
      on NetworkPolicy shop/web at spec.ingress.0.from.1
      two peers mean "or": all pods of the namespaces kubernetes.io/metadata.name=monitoring, or pods app=prometheus of namespace shop, where there are none
      ${HELP}
      `,
    ],
  },
  {
    name: 'a namespace that is not in the input',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy shop/web:
          ingress:
            - from:
                - namespaceSelector: { matchLabels: { team: ops } }
                - podSelector: { matchLabels: { app: prometheus } }
    `,
    expected: [
      `
      warning NL511 policy-peers-split
      on NetworkPolicy shop/web at spec.ingress.0.from.1
      two peers mean "or": all pods of the namespaces team=ops, or pods app=prometheus of namespace shop, where there are none
      ${HELP}
      `,
    ],
  },
  {
    name: 'two peers that both mean something, or one of which is nothing of the kind',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment shop/prometheus: { labels: { app: prometheus } }
      - Deployment monitoring/grafana: { labels: { app: grafana } }
      - NetworkPolicy shop/both:
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }, { podSelector: { matchLabels: { app: prometheus } } }] }]
      - NetworkPolicy shop/neither:
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }, { podSelector: { matchLabels: { app: db } } }] }]
      - NetworkPolicy shop/all:
          ingress: [{ from: [{ namespaceSelector: {} }, { podSelector: { matchLabels: { app: db } } }, { podSelector: {} }] }]
      - NetworkPolicy shop/addresses:
          ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { podSelector: { matchLabels: { app: db } } }] }]
      - NetworkPolicy shop/one:
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: db } } }] }]
      - NetworkPolicy nothing-here/web:
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: ops } } }, { podSelector: { matchLabels: { app: db } } }] }]
    `,
    expected: [],
  },
]);
