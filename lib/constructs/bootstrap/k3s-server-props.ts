/** Props that k3s and RKE2 have in common, because they share their server. */
export interface K3sServerProps {
  /**
   * More names and addresses in the certificate of the API server.
   * @default - those that the server adds by itself
   */
  readonly tlsSans?: string[];
  /**
   * Packaged components that are not to be installed.
   * @default - none
   */
  readonly disable?: string[];
  /**
   * Whether the servers run without kube-proxy, because the network plugin replaces it.
   * @default - true where Cilium of the cluster takes its place
   */
  readonly disableKubeProxy?: boolean;
  /**
   * More arguments of kube-apiserver, by name without hyphens before it.
   * @default - none
   */
  readonly kubeApiserverArgs?: { [name: string]: string };
  /**
   * More arguments of kube-controller-manager.
   * @default - none
   */
  readonly kubeControllerManagerArgs?: { [name: string]: string };
  /**
   * More arguments of the kubelets.
   * @default - none
   */
  readonly kubeletArgs?: { [name: string]: string };
}
