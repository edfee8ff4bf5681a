import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { parseAddress } from '../../address';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { shown, type ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { Service } from './service';
import type { ServicePort } from './service-port';

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
  public _spec(): k8s.ServiceSpec {
    return { type: 'ExternalName', externalName: this.externalName };
  }

  /** @internal */
  public _problems(): readonly ObjectProblem[] {
    return externalNameProblems(this.externalName);
  }
}

/** The API server lets IPv4 addresses pass, as their digits are valid DNS labels; no resolver can follow them. */
function externalNameProblems(externalName: string): ObjectProblem[] {
  const name = externalName.replace(/\.$/, '');
  if (isAddress(externalName)) {
    return [
      {
        message: `externalName ${shown(externalName)} is an IP address, and the Service is an alias of a DNS name`,
        help: 'use an ExternalEndpointsService, or a DNS name of that address',
      },
    ];
  }
  if (isDnsSubdomain(name)) return [];
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(externalName)?.[1]?.toLowerCase();
  return [
    {
      message: `externalName ${shown(externalName)} is not a DNS name`,
      help:
        host !== undefined && isDnsSubdomain(host) && !isAddress(host)
          ? `did you mean ${host}? A scheme, a port or a path cannot be part of it`
          : 'give a DNS name in lower case, without scheme, port and path',
    },
  ];
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text.replace(/^\[(.*)\]$/, '$1'));
    return true;
  } catch {
    return /^[0-9.]+$/.test(text);
  }
}
