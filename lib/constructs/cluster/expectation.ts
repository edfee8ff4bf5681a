import type { IConstruct } from 'constructs';
import type { Expectation as ReachExpectation, ExpectedParty, ExpectedPort } from '../../reach';
import { NetworkSynthesis } from '../../synth';
import { apiObjectOf } from '../pods/pod-selection';
import { PolicyPeer } from '../policies/policy-peer';
import type { PolicyPort } from '../policies/policy-port';

/**
 * What must and must not be possible in the network of a cluster. Made by `Cluster.expect()`. It is checked at each synth against the NetworkPolicies of the
 * cluster's charts, whoever wrote them; one that does not hold stops the synth and tells which rule is at fault (NL701 to NL706).
 */
export class Expectation {
  /** @internal */
  constructor(
    private readonly cluster: IConstruct,
    private readonly subject: IConstruct | PolicyPeer,
  ) {}

  /**
   * All pods of the subject can open connections to all pods of the other.
   *
   * @param other a workload, or pods, namespaces and addresses as in a NetworkPolicy
   * @param port the port of the pods, not of the Service. Any connection at all when left out.
   */
  public toReach(other: IConstruct | PolicyPeer, port?: PolicyPort): this {
    return this.add({ kind: 'reach', from: partyOf(this.subject), to: partyOf(other), port: portOf(port) });
  }

  /**
   * No pod of the subject can open a connection to any pod of the other.
   *
   * @param other a workload, or pods, namespaces and addresses as in a NetworkPolicy
   * @param port the port of the pods, not of the Service. No connection at all when left out.
   */
  public notToReach(other: IConstruct | PolicyPeer, port?: PolicyPort): this {
    return this.add({ kind: 'not-reach', from: partyOf(this.subject), to: partyOf(other), port: portOf(port) });
  }

  /** Policies select all pods of the subject, for ingress and for egress: what no rule allows is denied. */
  public toBeIsolated(): this {
    return this.add({ kind: 'isolated', of: partyOf(this.subject) });
  }

  /** No address outside of the cluster can open a connection to any pod of the subject, be it through an Ingress, a route or a Service. */
  public notFromOutside(): this {
    return this.add({ kind: 'not-from-outside', of: partyOf(this.subject) });
  }

  private add(expectation: ReachExpectation): this {
    NetworkSynthesis.of(this.cluster).expect(this.cluster, expectation);
    return this;
  }
}

function partyOf(party: IConstruct | PolicyPeer): ExpectedParty {
  if (party instanceof PolicyPeer)
    return party._isAnyone ? 'everyone' : { peer: party._spec('default').at(0), namespace: 'default' };
  const object = apiObjectOf(party);
  if (object === undefined) return { kind: 'Construct', namespace: '', name: party.node.path };
  return { kind: object.kind, namespace: object.metadata.namespace ?? 'default', name: object.name };
}

function portOf(port: PolicyPort | undefined): ExpectedPort | undefined {
  return port?._expected();
}
