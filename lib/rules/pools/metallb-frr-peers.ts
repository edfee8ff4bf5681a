import { objectText } from '../../finding/finding';
import { at, type ModelObject, nonEmpty } from '../../model';
import type { NetworkRule, Violation } from '../network-rule';
import { ofMetalLb } from './metallb-advertisements';

/** FRR is one router on each node (metallb/metallb, internal/config: `DiscardNativeOnly`). The native mode takes such peers, and is chosen where MetalLB is installed. */
export const metallbFrrPeers: NetworkRule = {
  code: 'NL648',
  slug: 'metallb-frr-peers',
  severity: 'warning',
  title: 'Peers of MetalLB that it refuses in its FRR modes',
  check(model, report) {
    const peers = ofMetalLb(model, 'BGPPeer');
    const sessions = new Map<string, ModelObject>();
    const systems = new Map<string, ModelObject>();
    for (const on of peers) {
      const vrf = nonEmpty(at(on.manifest, 'spec', 'vrf')) ?? '';
      const address =
        nonEmpty(at(on.manifest, 'spec', 'peerAddress')) ?? nonEmpty(at(on.manifest, 'spec', 'interface'));
      if (address !== undefined) {
        const other = firstOf(sessions, `${address} ${vrf}`, on);
        if (other !== undefined) {
          const field = nonEmpty(at(on.manifest, 'spec', 'peerAddress')) === undefined ? 'interface' : 'peerAddress';
          report(differs(on, other, field, `${address} is the peer of ${objectText(other.ref)} too`));
        }
      }
      const other = firstOf(systems, vrf, on);
      if (other !== undefined && at(on.manifest, 'spec', 'myASN') !== at(other.manifest, 'spec', 'myASN')) {
        report(differs(on, other, 'myASN', `myASN is another one than in ${objectText(other.ref)}`));
      }
      if (nonEmpty(at(on.manifest, 'spec', 'routerID')) !== nonEmpty(at(peers[0].manifest, 'spec', 'routerID'))) {
        report(differs(on, peers[0], 'routerID', `routerID is another one than in ${objectText(peers[0].ref)}`));
      }
    }
  },
};

function firstOf(seen: Map<string, ModelObject>, key: string, object: ModelObject): ModelObject | undefined {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, object);
  return first;
}

function differs(on: ModelObject, other: ModelObject, field: string, message: string): Violation {
  return {
    on,
    field: ['spec', field],
    message: `${message}: MetalLB refuses that in its FRR modes`,
    related: [{ on: other, field: ['spec', field], message: 'the other peer' }],
    help:
      field === 'peerAddress' || field === 'interface'
        ? 'make one BGPPeer of them, with the nodeSelectors of both'
        : `use one ${field} for all peers, or the native mode`,
  };
}
