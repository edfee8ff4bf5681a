/**
 * Who answers name lookups of the pods of a cluster. Policies (`allowDns()`), the rules about them, and the files of kubeadm, k3s and RKE2
 * ask this one fact.
 */
export interface ClusterDns {
  /**
   * What pods ask where no pod answers it: a cache in the network of their node, or a server outside of the cluster, such as Cloud DNS of GKE
   * at 169.254.169.254. To a policy it is an address; a pod selector never matches it. Where NodeLocal DNSCache was installed by its own
   * manifest and kube-proxy is in the iptables mode, its pods listen on the address of the DNS Service too, and pods keep asking that one:
   * then it belongs into this list.
   *
   * @default - that of the `NodeLocalDns` of the cluster; without one, pods ask the DNS Service
   */
  readonly addresses?: string[];
  /**
   * The namespace of the pods of the DNS Service. OpenShift has them in `openshift-dns`.
   * @default kube-system
   */
  readonly namespace?: string;
  /**
   * The labels of the pods of the DNS Service.
   * @default - `k8s-app: kube-dns`, as kubeadm, k3s and RKE2 label CoreDNS
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * The ports at which these pods listen, as policies see them. OpenShift's listen on 5353.
   * @default [53]
   */
  readonly ports?: number[];
}
