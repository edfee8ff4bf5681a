import { listenerSetNotAllowed } from '../../../lib/rules/gateway/listener-set-not-allowed';
import { testRule } from '../expectations';

const SET = '- ListenerSet shop/shop: { parentRef: { name: public, namespace: infra } }';

function gateway(allowedListeners: string): string {
  return `- Gateway infra/public: { gatewayClassName: c, ${allowedListeners} listeners: [] }`;
}

function refused(allows: string): string {
  return `
      error NL444 listener-set-not-allowed
      on ListenerSet shop/shop at spec.parentRef
      Gateway infra/public allows ${allows}
      help: set spec.allowedListeners.namespaces of the Gateway so that shop is among them
      see Gateway infra/public at spec.allowedListeners: what the Gateway allows
      `;
}

testRule(listenerSetNotAllowed, [
  {
    name: 'none, which is the default',
    input: `
      ${gateway('')}
      ${SET}
    `,
    expected: [refused('no ListenerSets')],
  },
  {
    name: 'those of its own namespace',
    input: `
      ${gateway('allowedListeners: { namespaces: { from: Same } },')}
      ${SET}
    `,
    expected: [refused('ListenerSets of its own namespace only')],
  },
  {
    name: 'those of namespaces with other labels',
    input: `
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
      ${gateway('allowedListeners: { namespaces: { from: Selector, selector: { matchLabels: { team: a } } } },')}
      ${SET}
    `,
    expected: [refused('ListenerSets of namespaces with other labels only')],
  },
  {
    name: 'silent: allowed, or a Gateway of elsewhere',
    input: `
      ${gateway('allowedListeners: { namespaces: { from: All } },')}
      ${SET}
      - ListenerSet shop/b: { parentRef: { name: elsewhere } }
      - ListenerSet shop/c: {}
    `,
    expected: [],
  },
]);
