import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import type { IngressBackend } from './ingress-backend';
import type { IIngressClass } from './ingress-class';
import { INGRESS_FIELDS } from './ingress-field-map';
import type { IngressRuleSpec, IngressSpec } from './ingress-spec';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import type { FieldMap } from '../../synth';

/** How the path of a request is compared with the path of a rule. */
export enum PathType {
  /** Element by element: `/foo` stands for `/foo` and `/foo/bar`, not for `/foobar`. */
  PREFIX = 'Prefix',
  /** Character by character. */
  EXACT = 'Exact',
  /** As the controller of the class says. */
  IMPLEMENTATION_SPECIFIC = 'ImplementationSpecific',
}

/** A path of a host, and what serves it. */
export interface IngressPath {
  /** @default '/' */
  readonly path?: string;

  /** @default PathType.PREFIX */
  readonly pathType?: PathType;

  /** What serves it. */
  readonly backend: IngressBackend;
}

/** The paths of a host. */
export interface IngressRule {
  /**
   * The host: `shop.example.com`, or `*.example.com` for all names with one more label.
   *
   * @default - all hosts
   */
  readonly host?: string;

  /** Its paths, at least one. */
  readonly paths: IngressPath[];
}

/** A certificate for hosts. */
export interface IngressTls {
  /**
   * The hosts.
   *
   * @default - all hosts of the certificate
   */
  readonly hosts?: string[];

  /**
   * The Secret with certificate and key, in the namespace of the Ingress.
   *
   * @default - the controller's default certificate
   */
  readonly secretName?: string;
}

/** Props of `Ingress`. */
export interface IngressProps extends NamespacedObjectProps {
  /**
   * Its class: an `IngressClass`, or `IngressClass.named('nginx')`.
   *
   * @default - the default class of the cluster
   */
  readonly ingressClass?: IIngressClass;

  /**
   * Hosts, paths and what serves them.
   *
   * @default - none; `addRule()` adds some
   */
  readonly rules?: IngressRule[];

  /**
   * Certificates.
   *
   * @default - none
   */
  readonly tls?: IngressTls[];

  /**
   * What serves requests that no rule stands for.
   *
   * @default - the controller's choice, usually an answer with status 404
   */
  readonly defaultBackend?: IngressBackend;
}

/** Brings HTTP requests to Services, by host and by path. */
export class Ingress extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  private readonly props: IngressProps;
  private readonly ruleList: IngressRule[];
  private readonly tlsList: IngressTls[];

  constructor(scope: Construct, id: string, props: IngressProps = {}) {
    super(scope, id);
    this.props = props;
    this.ruleList = [...(props.rules ?? [])];
    this.tlsList = [...(props.tls ?? [])];
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: Lazy.any({ produce: () => this.spec() }) as unknown,
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: this.fields(),
      problems: () => this.problems(),
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** The namespace it and its backends are in. */
  public get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  /**
   * Adds paths. Paths of a host that has some already are added to those.
   *
   * @param rule the host and its paths
   */
  public addRule(rule: IngressRule): void {
    this.ruleList.push(rule);
  }

  /**
   * Adds a certificate.
   *
   * @param tls the hosts and the Secret
   */
  public addTls(tls: IngressTls): void {
    this.tlsList.push(tls);
  }

  private spec(): IngressSpec {
    const hosts = this.pathsByHost();
    return {
      ingressClassName: this.props.ingressClass?.name,
      defaultBackend: this.props.defaultBackend?._spec(),
      rules: hosts.length > 0 ? hosts.map(ruleSpec) : undefined,
      tls: this.tlsList.length > 0 ? this.tlsList.map(tlsSpec) : undefined,
    };
  }

  /** One rule for each host: the API server takes two, and controllers do not agree on what they mean. */
  private pathsByHost(): HostPaths[] {
    const hosts = new Map<string | undefined, HostPaths>();
    for (const [index, { host, paths }] of this.ruleList.entries()) {
      const placed = paths.map((value, place) => ({ value, place: [index, place] as const }));
      const known = hosts.get(host);
      if (known === undefined) hosts.set(host, { host, index, paths: placed });
      else known.paths.push(...placed);
    }
    return [...hosts.values()];
  }

  private fields(): FieldMap {
    return {
      ...INGRESS_FIELDS,
      placeInProps: (field) => {
        const [spec, list, rule, http, paths, path, ...rest] = field;
        const host = list === 'rules' && typeof rule === 'number' ? this.pathsByHost()[rule] : undefined;
        if (host === undefined) return field;
        const place = typeof path === 'number' ? host.paths[path].place : undefined;
        if (place === undefined) return [spec, list, host.index, ...field.slice(3)];
        return [spec, list, place[0], http, paths, place[1], ...rest];
      },
      helpAt: (code, field) => {
        if (code !== 'NL407' || field.at(-1) !== 'port') return undefined;
        const [, list, rule, , , path] = field;
        const backend =
          list === 'rules' ? this.ruleList[Number(rule)].paths[Number(path)].backend : this.props.defaultBackend;
        return backend?._portHelp();
      },
    };
  }

  private problems(): Problem[] {
    const { namespace } = this;
    return [
      ...(this.props.defaultBackend?._problems('defaultBackend', namespace) ?? []),
      ...this.ruleList.flatMap(({ paths }, index) =>
        paths.flatMap(({ backend }, place) => backend._problems(`rules[${index}].paths[${place}].backend`, namespace)),
      ),
    ];
  }
}

/** The paths of a host, each with its place in the props. */
interface HostPaths {
  readonly host: string | undefined;
  readonly index: number;
  readonly paths: { readonly value: IngressPath; readonly place: readonly [number, number] }[];
}

function ruleSpec({ host, paths }: HostPaths): IngressRuleSpec {
  return {
    host,
    http: {
      paths: paths.map(({ value: { path = '/', pathType = PathType.PREFIX, backend } }) => ({
        path,
        pathType,
        backend: backend._spec(),
      })),
    },
  };
}

function tlsSpec({ hosts = [], secretName }: IngressTls): IngressTls {
  return { hosts: hosts.length > 0 ? [...hosts] : undefined, secretName };
}
