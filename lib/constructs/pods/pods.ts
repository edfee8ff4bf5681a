import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  apiObjectOf,
  podsLabelled,
  podsMatching,
  podsOfNothing,
  podsOfObject,
  type LabelSelection,
  type PodSelection,
} from './pod-selection';

/** How a `LabelExpression` compares. */
export enum LabelOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label has none of the values, or is absent. */
  NOT_IN = 'NotIn',
  /** The label is present, whatever its value. */
  EXISTS = 'Exists',
  /** The label is absent. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/** A condition on one label (`matchExpressions[]`). */
export interface LabelExpression {
  /** The label's key. */
  readonly key: string;

  /** How it is compared. */
  readonly operator: LabelOperator;

  /**
   * The values of `IN` and `NOT_IN`.
   *
   * @default - none
   */
  readonly values?: string[];
}

/** Conditions that all have to hold. */
export interface PodConditions {
  /**
   * Labels that the pods have.
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

/** A choice of pods. NetworkPolicies take any; Services take `LabelledPods`, which are chosen by labels alone. */
export abstract class Pods {
  /**
   * The pods of a workload: anything with a pod template (Deployment, StatefulSet, DaemonSet, Job, CronJob, custom
   * ones), a Pod, or a Service with a selector, from whatever library. It is looked at during synth, so that labels
   * may still be added to it.
   *
   * @param workload a construct that is an `ApiObject` or has one as its default child
   */
  public static of(workload: IConstruct): LabelledPods {
    return new PodsOfWorkload(workload);
  }

  /**
   * The pods with all of these labels.
   *
   * @param labels at least one
   */
  public static labelled(labels: { [key: string]: string }): LabelledPods {
    return new PodsWithLabels(labels);
  }

  /**
   * The pods for which all conditions hold.
   *
   * @param conditions at least one
   */
  public static matching(conditions: PodConditions): Pods {
    return new MatchingPods(conditions);
  }

  /** All pods of the namespace. */
  public static all(): Pods {
    return new AllPods();
  }

  /**
   * The namespace of the workload; undefined when the pods are chosen by labels only.
   * @internal
   */
  public get _namespace(): string | undefined {
    return undefined;
  }

  /** @internal */
  public abstract _selection(): PodSelection;
}

/** A choice of pods by labels alone, which is what a Service can select. Made by `Pods.of()` and `Pods.labelled()`. */
export abstract class LabelledPods extends Pods {
  /** @internal */
  public abstract _labelSelection(): LabelSelection;

  /** @internal */
  public _selection(): PodSelection {
    const { labels, problems } = this._labelSelection();
    return { selector: { matchLabels: labels }, problems };
  }
}

class PodsOfWorkload extends LabelledPods {
  private readonly object: ApiObject | undefined;

  constructor(private readonly workload: IConstruct) {
    super();
    this.object = apiObjectOf(workload);
  }

  public override get _namespace(): string | undefined {
    return this.object && (this.object.metadata.namespace ?? 'default');
  }

  public _labelSelection(): LabelSelection {
    return this.object === undefined ? podsOfNothing(this.workload.node.path) : podsOfObject(this.object);
  }
}

class PodsWithLabels extends LabelledPods {
  constructor(private readonly labels: { [key: string]: string }) {
    super();
  }

  public _labelSelection(): LabelSelection {
    return podsLabelled(this.labels);
  }
}

class MatchingPods extends Pods {
  constructor(private readonly conditions: PodConditions) {
    super();
  }

  public _selection(): PodSelection {
    return podsMatching(this.conditions.labels ?? {}, this.conditions.expressions ?? []);
  }
}

class AllPods extends Pods {
  public _selection(): PodSelection {
    return { selector: {}, problems: [] };
  }
}
