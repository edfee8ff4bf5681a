import { metallbReferenceMissing } from '../../../lib/rules/pools/metallb-reference-missing';
import { testRule } from '../expectations';

function object(kind: string, name: string, spec: string): string {
  const version = kind === 'BGPPeer' ? 'v1beta2' : 'v1beta1';
  return `
      - manifest: { apiVersion: metallb.io/${version}, kind: ${kind}, metadata: { name: ${name}, namespace: metallb-system }, spec: ${spec} }`;
}

testRule(metallbReferenceMissing, [
  {
    name: 'names that are not there',
    input: `
      ${object('BFDProfile', 'fast', '{}')}
      ${object('BGPPeer', 'rack', '{ bfdProfile: fst }')}
      ${object('Community', 'c', '{ communities: [{ name: no-advertise, value: "65535:65282" }] }')}
      ${object('BGPAdvertisement', 'a', '{ peers: [rack, other], communities: [no-advertize, "1:2", no-advertise] }')}
    `,
    expected: [
      `
      warning NL647 metallb-reference-missing
      on BGPAdvertisement metallb-system/a at spec.peers.1
      the BGPPeer "other" is not among those here
      help: there is rack
      `,
      `
      warning NL647 metallb-reference-missing
      on BGPAdvertisement metallb-system/a at spec.communities.0
      the community "no-advertize" is not among those here
      help: did you mean no-advertise?
      `,
      `
      warning NL647 metallb-reference-missing
      on BGPPeer metallb-system/rack at spec.bfdProfile
      the BFDProfile "fst" is not among those here
      help: did you mean fast?
      `,
    ],
  },
  {
    name: 'nodes that have other labels',
    input: `
      - Node a: {}
        labels: { rack: a }
      ${object('L2Advertisement', 'l', '{ nodeSelectors: [{ matchLabels: { rack: b } }, { matchLabels: { rack: c } }] }')}
      ${object('L2Advertisement', 'm', '{ nodeSelectors: [{ matchLabels: { rack: b } }, { matchLabels: { rack: a } }] }')}
    `,
    expected: [
      `
      warning NL647 metallb-reference-missing
      on L2Advertisement metallb-system/l at spec.nodeSelectors
      none of the nodes here has the labels rack=b or rack=c
      help: select labels that nodes have, or leave nodeSelectors out for all nodes
      `,
    ],
  },
  {
    name: 'an advertisement to nobody, whose community is elsewhere',
    input: object('BGPAdvertisement', 'a', '{ peers: [rack], communities: [mine] }'),
    expected: [
      `
      info NL647 metallb-reference-missing
      on BGPAdvertisement metallb-system/a at spec
      there is no BGPPeer here to announce anything to
      help: add a BGPPeer, or use an L2Advertisement
      `,
    ],
  },
]);
