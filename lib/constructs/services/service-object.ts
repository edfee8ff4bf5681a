import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** A Service with the fields that came after Kubernetes 1.28, which the L1 class drops. */
export class ServiceObject extends k8s.KubeService {
  constructor(
    scope: Construct,
    id: string,
    props: k8s.KubeServiceProps,
    private readonly trafficDistribution: () => string | undefined,
  ) {
    super(scope, id, props);
  }

  public override toJson(): unknown {
    const manifest = super.toJson() as { spec: Readonly<Record<string, unknown>> };
    const trafficDistribution = this.trafficDistribution();
    if (trafficDistribution === undefined) return manifest;
    const { type, ...fields } = manifest.spec;
    return { ...manifest, spec: { ...fields, trafficDistribution, type } };
  }
}
