import { calicoStorageApi } from '../../../lib/rules/pools/calico-storage-api';
import { testRule } from '../expectations';

testRule(calicoStorageApi, [
  {
    name: 'a pool and a policy',
    input: `
      - manifest: { apiVersion: crd.projectcalico.org/v1, kind: IPPool, metadata: { name: a }, spec: { cidr: 10.48.0.0/16 } }
      - manifest: { apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy, metadata: { name: deny } }
    `,
    expected: [
      `
      warning NL606 calico-storage-api
      on GlobalNetworkPolicy deny at apiVersion
      crd.projectcalico.org/v1 is the storage of Calico: it takes this GlobalNetworkPolicy without validation and without defaults
      help: write apiVersion: projectcalico.org/v3, and apply it with kubectl (needs the API server of Calico) or calicoctl
      `,
      `
      warning NL606 calico-storage-api
      on IPPool a at apiVersion
      crd.projectcalico.org/v1 is the storage of Calico: it takes this IPPool without validation and without defaults
      help: write apiVersion: projectcalico.org/v3, and apply it with kubectl (needs the API server of Calico) or calicoctl
      `,
    ],
  },
  {
    name: 'silent: the API of users, the definition of the kind, and what Calico alone writes',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - manifest: { apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: ippools.crd.projectcalico.org } }
      - manifest: { apiVersion: crd.projectcalico.org/v1, kind: IPAMBlock, metadata: { name: 10-48-0-0-26 } }
    `,
    expected: [],
  },
]);
