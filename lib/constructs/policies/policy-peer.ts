import type { Problem } from '../../finding/problem';
import { CONTRADICTING_PROPS, PODS_NOT_CHOSEN } from '../objects/object-rules';
import type { LabelSelector } from '../pods/label-selector';
import type { Pods } from '../pods/pods';
import type { NetworkPolicyPeer } from './network-policy-spec';

/** The label that every namespace has: its name (KEP-2161). */
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Props of `PolicyPeer.cidr()`. */
export interface CidrPeerProps {
  /**
   * CIDRs inside of the block that are not meant. Another rule may still allow them.
   *
   * @default - none
   */
  readonly except?: string[];
}

/** What a peer comes to once the app is complete. */
interface PeerSpec {
  readonly spec: NetworkPolicyPeer;
  readonly problems: readonly Problem[];
}

/** Who is at the other end of a connection that a NetworkPolicy allows. */
export class PolicyPeer {
  /** Everyone: all pods of the cluster, and everything outside of it. */
  public static anyone(): PolicyPeer {
    return new PolicyPeer(undefined);
  }

  /**
   * These pods, in the namespace of their workload if it is known (`Pods.of()`), else in the policy's namespace.
   *
   * @param pods the pods
   */
  public static pods(pods: Pods): PolicyPeer {
    return new PolicyPeer((policyNamespace) => {
      const { _namespace: namespace } = pods;
      const elsewhere = namespace !== undefined && namespace !== policyNamespace;
      return podPeer(pods, elsewhere ? namespaceCalled(namespace) : undefined);
    });
  }

  /**
   * These pods of one namespace.
   *
   * @param namespace the name of the namespace
   * @param pods the pods
   */
  public static podsIn(namespace: string, pods: Pods): PolicyPeer {
    return new PolicyPeer(() => {
      const { spec, problems } = podPeer(pods, namespaceCalled(namespace));
      const { _namespace: known } = pods;
      return {
        spec,
        problems: [
          ...problems,
          ...(known === undefined || known === namespace
            ? []
            : [
                {
                  rule: CONTRADICTING_PROPS,
                  message: `a peer is looked for in namespace ${namespace}, and its pods are in ${known}`,
                  help: 'use PolicyPeer.pods(), which knows the namespace of a workload',
                },
              ]),
        ],
      };
    });
  }

  /**
   * These pods of all namespaces with these labels.
   *
   * @param labels labels of the namespaces, at least one
   * @param pods the pods
   */
  public static podsInNamespaces(labels: { [key: string]: string }, pods: Pods): PolicyPeer {
    return new PolicyPeer(() => {
      const { spec, problems } = podPeer(pods, { matchLabels: labels });
      return { spec, problems: [...problems, ...namespaceLabelsProblems(labels)] };
    });
  }

  /**
   * These pods, in whatever namespace they are.
   *
   * @param pods the pods
   */
  public static podsInAnyNamespace(pods: Pods): PolicyPeer {
    return new PolicyPeer(() => podPeer(pods, {}));
  }

  /**
   * All pods of one namespace.
   *
   * @param name the name of the namespace
   */
  public static namespace(name: string): PolicyPeer {
    return new PolicyPeer(() => ({ spec: { namespaceSelector: namespaceCalled(name) }, problems: [] }));
  }

  /**
   * All pods of all namespaces with these labels.
   *
   * @param labels labels of the namespaces, at least one
   */
  public static namespaceLabels(labels: { [key: string]: string }): PolicyPeer {
    return new PolicyPeer(() => ({
      spec: { namespaceSelector: { matchLabels: labels } },
      problems: namespaceLabelsProblems(labels),
    }));
  }

  /** All pods of the cluster, and nothing outside of it. */
  public static anyNamespace(): PolicyPeer {
    return new PolicyPeer(() => ({ spec: { namespaceSelector: {} }, problems: [] }));
  }

  /**
   * The addresses of a block, meant for what is outside of the cluster: pods and Services change their addresses, and
   * the address of a Service never matches, because a policy sees traffic after it was sent on to a pod.
   *
   * @param cidr such as `10.0.0.0/8`
   * @param props exceptions
   */
  public static cidr(cidr: string, props: CidrPeerProps = {}): PolicyPeer {
    const { except = [] } = props;
    const spec = { ipBlock: { cidr, except: except.length > 0 ? [...except] : undefined } };
    return new PolicyPeer(() => ({ spec, problems: [] }));
  }

  private constructor(private readonly specIn: ((policyNamespace: string) => PeerSpec) | undefined) {}

  /** @internal */
  public get _isAnyone(): boolean {
    return this.specIn === undefined;
  }

  /** @internal */
  public _spec(policyNamespace: string): NetworkPolicyPeer[] {
    return this.specIn === undefined ? [] : [this.specIn(policyNamespace).spec];
  }

  /** @internal */
  public _problems(policyNamespace: string): readonly Problem[] {
    return this.specIn === undefined ? [] : this.specIn(policyNamespace).problems;
  }
}

function podPeer(pods: Pods, namespaceSelector: LabelSelector | undefined): PeerSpec {
  const { selector, problems } = pods._selection();
  return { spec: { podSelector: selector, namespaceSelector }, problems };
}

function namespaceCalled(name: string): LabelSelector {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: name } };
}

function namespaceLabelsProblems(labels: { [key: string]: string }): Problem[] {
  if (Object.keys(labels).length > 0) return [];
  return [
    {
      rule: PODS_NOT_CHOSEN,
      message: 'a peer was given no namespace label, which would choose every namespace',
      help: 'give at least one label, or say PolicyPeer.anyNamespace() or PolicyPeer.podsInAnyNamespace() if that is meant',
    },
  ];
}
