import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { emptyListProblems } from '../objects/prop-problems';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Props of `IpReservation`. */
export interface IpReservationProps extends ClusterObjectProps {
  /** The CIDRs; a single address is a `/32` or `/128`. */
  readonly reservedCidrs: string[];
}

/** Which props of an IPReservation write which fields. */
const RESERVATION_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.reservedCIDRs': 'reservedCidrs',
    'spec.reservedCIDRs[]': 'reservedCidrs[]',
  },
  help: METADATA_HELP,
};

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
      fields: RESERVATION_FIELDS,
      problems: () => [
        ...emptyListProblems('reservedCidrs', reservedCidrs, { help: 'list the CIDRs, or leave the reservation out' }),
        ...foreignPluginProblems(this, 'Calico', 'IPReservation'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
