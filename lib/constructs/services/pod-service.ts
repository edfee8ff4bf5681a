import type { Construct } from 'constructs';
import type { ObjectProblem } from '../objects/object-problem';
import type { LabelledPods } from '../pods/pods';
import { selectorNamespaceProblems } from './service-fields';
import { VirtualIpService, type VirtualIpServiceProps } from './virtual-ip-service';

/** Props of every Service in front of pods that has an address of its own in the cluster. */
export interface PodServiceProps extends VirtualIpServiceProps {
  /** The pods that serve: `Pods.of(deployment)` or `Pods.labelled({ app: 'web' })`. */
  readonly pods: LabelledPods;
}

/** A Service in front of pods that has an address of its own in the cluster. */
export abstract class PodService extends VirtualIpService {
  private readonly pods: LabelledPods;

  constructor(scope: Construct, id: string, props: PodServiceProps) {
    super(scope, id, props);
    this.pods = props.pods;
  }

  /** @internal */
  public override _selector(): { [key: string]: string } {
    return this.pods._labelSelection().labels;
  }

  /** @internal */
  public override _problems(): readonly ObjectProblem[] {
    return [
      ...super._problems(),
      ...selectorNamespaceProblems(this.pods._namespace, this.namespace),
      ...this.pods._labelSelection().problems,
    ];
  }
}
