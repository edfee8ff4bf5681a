import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_CALICO_OBJECT } from '../objects/object-rules';
import { cidrProblems } from './bgp-fields';

/** Props of `IpReservation`. */
export interface IpReservationProps extends ClusterObjectProps {
  /** The CIDRs; a single address is a `/32` or `/128`. */
  readonly reservedCidrs: string[];
}

/**
 * A Calico IPReservation (`projectcalico.org/v3`): addresses of pools that no pod gets unless it asks for one by name.
 * Calico looks at every reservation for every pod, so that they should be few, and less than a tenth of a pool.
 */
export class IpReservation extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: IpReservationProps) {
    super(scope, id);
    const { reservedCidrs } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPReservation',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: { reservedCIDRs: [...reservedCidrs] },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CALICO_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...cidrProblems('reservedCidrs', reservedCidrs),
        ...(reservedCidrs.length > 0
          ? []
          : [{ message: 'reservedCidrs is empty', help: 'list the CIDRs, or leave the reservation out' }]),
        ...foreignPluginProblems(this, 'Calico', 'IPReservation'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
