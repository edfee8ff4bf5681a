/**
 * The checks of `netloom check` as a validation plugin of cdk8s. In an app that uses constructs of Netloom the synth
 * itself checks; this is for apps that use none, and for manifests as they were written.
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/netloom
 *     version: 0.1.0
 *     class: NetworkValidation
 *     properties: { serviceCidrs: [10.96.0.0/16] }
 * ```
 *
 * Errors fail the synth; warnings are logged.
 */
export class NetworkValidation {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no type for "whatever stands in a YAML file"
  private readonly properties: { [key: string]: any };

  /**
   * @param properties facts about the cluster: `serviceCidrs`, `podCidrs`, `nodeCidrs` and `loadBalancerCidrs`, lists of
   * CIDRs; `nodePortRange`, such as `30000-32767`; `kubernetesVersion`, such as `1.33`; `clusterDomain`. They go before
   * those of `netloom.yaml`, whose severities, excluded files and clusters count too.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  constructor(properties: { [key: string]: any } = {}) {
    this.properties = properties;
  }

  /**
   * Called by the cdk8s CLI after a synth.
   *
   * @param context the `ValidationContext` of the CLI
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/explicit-module-boundary-types -- the CLI is not a jsii module
  public async validate(context: any): Promise<void> {
    // An app that imports Netloom for its constructs does not pay for reading YAML.
    const { checkManifests } = await import('./check-manifests.js');
    checkManifests(this.properties, context as Parameters<typeof checkManifests>[1]);
  }
}
