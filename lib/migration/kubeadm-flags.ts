/**
 * A program for jq that gives a ClusterConfiguration flags: `{"controllerManager": {"flag": "value", "gone": null}}`. `extraArgs` is a list of
 * names and values from v1beta4 on, and a map before (kubernetes cmd/kubeadm/app/apis/kubeadm).
 */
export const KUBEADM_FLAGS = `# Sets the flags of components in a ClusterConfiguration of kubeadm; null takes a flag away.
(.apiVersion | test("v1beta[123]$")) as $isMap
| reduce ($flags | to_entries[]) as {key: $component, value: $set} (.;
    .[$component].extraArgs |= (
      if $isMap
      then ((. // {}) + $set) | with_entries(select(.value != null))
      else [.[]? | select(.name | in($set) | not)]
        + [$set | to_entries[] | select(.value != null) | {name: .key, value}]
      end))
`;

export const KUBEADM_FLAGS_FILE = 'kubeadm-flags.jq';
