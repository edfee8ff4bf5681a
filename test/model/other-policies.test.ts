import { networkModel, otherPolicies } from '../../lib/model';
import { objects } from '../rules/expectations';

test('policies of other APIs than networking.k8s.io', () => {
  const model = networkModel(
    objects(`
      - NetworkPolicy shop/web: { podSelector: {} }
      - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: cilium, namespace: shop } }
      - manifest: { apiVersion: extensions/v1beta1, kind: NetworkPolicy, metadata: { name: old, namespace: shop } }
      - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: calico } }
      - manifest: { apiVersion: projectcalico.org/v3, kind: StagedNetworkPolicy, metadata: { name: staged, namespace: shop } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: admin } }
    `),
    {},
  );
  expect(otherPolicies(model).map(({ ref }) => ref.name)).toEqual(['cilium', 'calico', 'old', 'admin']);
});
