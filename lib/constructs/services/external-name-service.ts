import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { Service } from './service';
import type { ServicePort } from './service-port';
import { serviceSpec, type ServiceSpec } from './service-spec';

/** Props of `ExternalNameService`. */
export interface ExternalNameServiceProps extends NamespacedObjectProps {
  /** The DNS name that this name is an alias of (CNAME), such as `db.example.com`. A dot at the end is allowed. */
  readonly externalName: string;
}

/**
 * An alias in the cluster's DNS of a name elsewhere (`type: ExternalName`). It has neither address nor ports: clients
 * connect to the other name, whose server still sees this name in the Host header and in TLS.
 */
export class ExternalNameService extends Service {
  private readonly externalName: string;

  constructor(scope: Construct, id: string, props: ExternalNameServiceProps) {
    super(scope, id, props);
    this.externalName = props.externalName;
  }

  /** Always empty. */
  public get ports(): ServicePort[] {
    return [];
  }

  /** @internal */
  public _spec(): ServiceSpec {
    return serviceSpec('ExternalName', { externalName: this.externalName });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    return [];
  }
}
