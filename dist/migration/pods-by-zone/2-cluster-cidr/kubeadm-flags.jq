# Sets the flags of components in a ClusterConfiguration of kubeadm; null takes a flag away.
(.apiVersion | test("v1beta[123]$")) as $isMap
| reduce ($flags | to_entries[]) as {key: $component, value: $set} (.;
    .[$component].extraArgs |= (
      if $isMap
      then ((. // {}) + $set) | with_entries(select(.value != null))
      else [.[]? | select(.name | in($set) | not)]
        + [$set | to_entries[] | select(.value != null) | {name: .key, value}]
      end))
