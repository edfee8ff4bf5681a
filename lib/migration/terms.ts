/** What installed the control plane, and so which files say how it runs. */
export type Distribution = 'kubeadm' | 'rke2' | 'k3s';

/** Who serves `projectcalico.org/v3`: nobody (calicoctl writes the datastore), Calico's API server, or CRDs of that group. */
export type CalicoApi = 'calicoctl' | 'API server' | 'native CRDs';

export type Cni = 'calico' | 'cilium' | 'flannel';

/** As in the `Installation` of Calico's operator. */
export type Encapsulation = 'None' | 'IPIP' | 'IPIPCrossSubnet' | 'VXLAN' | 'VXLANCrossSubnet';

export type Labels = Readonly<Record<string, string>>;
