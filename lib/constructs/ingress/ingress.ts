import { type ApiObject, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { IngressBackend } from './ingress-backend';
import type { IIngressClass } from './ingress-class';
import { hostProblems, pathProblems } from './ingress-fields';
import { metadataProblems, subdomainProblems } from '../objects/object-name';
import { repeated, type ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_INGRESS } from '../objects/object-rules';

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
    this.apiObject = new k8s.KubeIngress(this, 'Resource', {
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: Lazy.any({ produce: () => this.spec() }) as k8s.IngressSpec,
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_INGRESS,
      problems: () => [...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'), ...this.problems()],
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

  private spec(): k8s.IngressSpec {
    const rules = this.rulesByHost();
    return {
      ingressClassName: this.props.ingressClass?.name,
      defaultBackend: this.props.defaultBackend?._spec(),
      rules: rules.length > 0 ? rules.map(ruleSpec) : undefined,
      tls: this.tlsList.length > 0 ? this.tlsList.map(tlsSpec) : undefined,
    };
  }

  private rulesByHost(): IngressRule[] {
    const hosts = new Map<string | undefined, IngressPath[]>();
    for (const { host, paths } of this.ruleList) {
      const known = hosts.get(host);
      if (known === undefined) hosts.set(host, [...paths]);
      else known.push(...paths);
    }
    return [...hosts].map(([host, paths]) => ({ host, paths }));
  }

  private problems(): ObjectProblem[] {
    const { ingressClass, annotations, defaultBackend } = this.props;
    const rules = this.rulesByHost();
    return [
      ...(ingressClass === undefined ? [] : subdomainProblems('ingressClass', ingressClass.name)),
      ...(ingressClass !== undefined && Object.hasOwn(annotations ?? {}, 'kubernetes.io/ingress.class')
        ? [
            {
              message: 'both ingressClass and the annotation kubernetes.io/ingress.class are given',
              help: 'leave the annotation out: it is the deprecated form of ingressClass',
            },
          ]
        : []),
      ...(rules.length === 0 && defaultBackend === undefined
        ? [{ message: 'the Ingress has neither rules nor a default backend', help: 'give at least one of them' }]
        : []),
      ...(defaultBackend?._problems(this.namespace) ?? []),
      ...rules.flatMap((rule) => this.ruleProblems(rule)),
      ...this.tlsList.flatMap(tlsProblems),
    ];
  }

  private ruleProblems({ host, paths }: IngressRule): ObjectProblem[] {
    const routes = paths.map(({ path = '/', pathType = PathType.PREFIX }) => `${pathType} ${path}`);
    return [
      ...(host === undefined ? [] : hostProblems('host', host)),
      ...(paths.length > 0
        ? []
        : [{ message: `the rule for ${host ?? 'all hosts'} has no paths`, help: 'give at least one path' }]),
      ...paths.flatMap(({ path = '/', pathType = PathType.PREFIX, backend }) => [
        ...pathProblems(path, pathType),
        ...backend._problems(this.namespace),
      ]),
      ...repeated(routes).map((route) => ({
        message: `path ${route} of ${host ?? 'all hosts'} stands twice in the Ingress`,
        help: 'keep one of the two backends, or give one another path',
      })),
    ];
  }
}

function ruleSpec({ host, paths }: IngressRule): k8s.IngressRule {
  return {
    host,
    http: {
      paths: paths.map(({ path = '/', pathType = PathType.PREFIX, backend }) => ({
        path,
        pathType,
        backend: backend._spec(),
      })),
    },
  };
}

function tlsSpec({ hosts = [], secretName }: IngressTls): k8s.IngressTls {
  return { hosts: hosts.length > 0 ? [...hosts] : undefined, secretName };
}

function tlsProblems({ hosts = [], secretName }: IngressTls): ObjectProblem[] {
  return [
    ...hosts.flatMap((host) => hostProblems('tls host', host)),
    ...(secretName === undefined ? [] : subdomainProblems('tls secretName', secretName)),
  ];
}
