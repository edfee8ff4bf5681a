/** `LabelSelector` of k8s.io/apimachinery/pkg/apis/meta/v1. */
export interface LabelSelector {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly LabelRequirement[];
}

/** `LabelSelectorRequirement` of k8s.io/apimachinery/pkg/apis/meta/v1. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
