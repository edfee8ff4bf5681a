import { NAMESPACE_NAME_LABEL } from '../../model';
import type { Problem } from '../../finding/problem';
import { EMPTY_PROP } from '../objects/object-rules';
import type { LabelSelector } from '../pods/label-selector';
import type { LabelExpression } from '../pods/pods';
import type { NamespacesSpec } from './gateway-spec';

/** Conditions on the labels of namespaces, all of which have to hold. */
export interface NamespaceConditions {
  /**
   * Labels that the namespaces have.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further conditions on labels.
   *
   * @default - none
   */
  readonly expressions?: LabelExpression[];
}

/** The namespaces from which routes, or ListenerSets, may attach to a Gateway. */
export class GatewayNamespaces {
  /** Every namespace. */
  public static all(): GatewayNamespaces {
    return new GatewayNamespaces('All');
  }

  /** The namespace of the Gateway alone. */
  public static same(): GatewayNamespaces {
    return new GatewayNamespaces('Same');
  }

  /**
   * The namespaces with these names.
   *
   * @param names at least one
   */
  public static named(...names: string[]): GatewayNamespaces {
    const [only] = names;
    if (names.length === 1) return GatewayNamespaces.matching({ labels: { [NAMESPACE_NAME_LABEL]: only } });
    // `In` without values is refused by no schema of Gateway API, and chooses nothing.
    return new GatewayNamespaces(
      'Selector',
      { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] },
      names.length === 0 ? 'no name of a namespace is given' : undefined,
    );
  }

  /**
   * The namespaces with all of these labels.
   *
   * @param labels at least one
   */
  public static labelled(labels: { [key: string]: string }): GatewayNamespaces {
    return GatewayNamespaces.matching({ labels });
  }

  /**
   * The namespaces for which all conditions hold.
   *
   * @param conditions at least one
   */
  public static matching(conditions: NamespaceConditions): GatewayNamespaces {
    const { labels = {}, expressions = [] } = conditions;
    const hasLabels = Object.keys(labels).length > 0;
    return new GatewayNamespaces(
      'Selector',
      {
        matchLabels: hasLabels ? { ...labels } : undefined,
        matchExpressions: expressions.length > 0 ? [...expressions] : undefined,
      },
      hasLabels || expressions.length > 0 ? undefined : 'no condition is given, which would choose every namespace',
    );
  }

  private constructor(
    private readonly from: string,
    private readonly selector?: LabelSelector,
    private readonly fault?: string,
  ) {}

  /** @internal */
  public _spec(): NamespacesSpec {
    return { from: this.from, selector: this.selector };
  }

  /** @internal */
  public _problems(prop: string): Problem[] {
    if (this.fault === undefined) return [];
    return [
      {
        rule: EMPTY_PROP,
        message: `${prop}: ${this.fault}`,
        help: 'say which namespaces, or GatewayNamespaces.all() if every one is meant',
      },
    ];
  }
}
