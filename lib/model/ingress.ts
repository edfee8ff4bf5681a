import { at, list, member, nonEmpty, positive, text, textMap } from './json';
import { flatMap } from './lists';
import type { FieldValue } from './service';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

/** The class of Ingresses that name none, when no IngressClass is the default. */
export const NO_CLASS = '';

export interface IngressBackend {
  readonly serviceName: string;
  readonly port: number | string | undefined;
  readonly path: FieldPath;
}

export interface IngressRoute {
  /** `*` when the rule names no host. */
  readonly host: string;
  /** `/` when the rule names no path. */
  readonly path: string;
  readonly pathType: string;
  /** Undefined for a resource backend, and for an action. */
  readonly backend: IngressBackend | undefined;
  /** The name of an action of the AWS load balancer controller, which stands where the Service would. */
  readonly action: FieldValue<string> | undefined;
  readonly field: FieldPath;
}

export interface Ingress {
  readonly object: ModelObject;
  readonly namespace: string;
  /** As the Ingress names it: the older annotation wins over the field (networking.k8s.io/v1, `ingressClassName`). */
  readonly className: string | undefined;
  readonly canary: boolean;
  readonly routes: readonly IngressRoute[];
  readonly defaultBackend: IngressBackend | undefined;
  /** Of the default backend. */
  readonly defaultAction: FieldValue<string> | undefined;
}

export interface IngressClass {
  readonly object: ModelObject;
  readonly name: string;
  readonly controller: string | undefined;
  readonly isDefault: boolean;
}

export function readIngress(object: ModelObject): Ingress {
  const spec = member(object.manifest, 'spec');
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    className: annotations.get('kubernetes.io/ingress.class') ?? text(member(spec, 'ingressClassName')),
    canary: annotations.get('nginx.ingress.kubernetes.io/canary') === 'true',
    routes: flatMap(list(member(spec, 'rules')), (rule, ruleIndex) =>
      list(at(rule, 'http', 'paths')).map((path, pathIndex): IngressRoute => {
        const field = ['spec', 'rules', ruleIndex, 'http', 'paths', pathIndex];
        return {
          host: nonEmpty(member(rule, 'host')) ?? '*',
          path: nonEmpty(member(path, 'path')) ?? '/',
          pathType: text(member(path, 'pathType')) ?? 'ImplementationSpecific',
          backend: readBackend(member(path, 'backend'), below(field, 'backend')),
          action: readAction(member(path, 'backend'), below(field, 'backend')),
          field,
        };
      }),
    ),
    defaultBackend: readBackend(member(spec, 'defaultBackend'), ['spec', 'defaultBackend']),
    defaultAction: readAction(member(spec, 'defaultBackend'), ['spec', 'defaultBackend']),
  };
}

function readBackend(backend: unknown, path: FieldPath): IngressBackend | undefined {
  const service = member(backend, 'service');
  const serviceName = nonEmpty(member(service, 'name'));
  if (serviceName === undefined || isAction(service)) return undefined;
  const port = member(service, 'port');
  return {
    serviceName,
    port: positive(member(port, 'number')) ?? nonEmpty(member(port, 'name')),
    path: below(path, 'service'),
  };
}

function readAction(backend: unknown, path: FieldPath): FieldValue<string> | undefined {
  const service = member(backend, 'service');
  const value = isAction(service) ? nonEmpty(member(service, 'name')) : undefined;
  return value === undefined ? undefined : { value, path: below(path, 'service', 'name') };
}

/** The name of the port that says so (aws-load-balancer-controller, `alb.ingress.kubernetes.io/actions.NAME`). */
function isAction(service: unknown): boolean {
  return at(service, 'port', 'name') === 'use-annotation';
}

export function isIngress(object: ModelObject): boolean {
  return object.ref.kind === 'Ingress' && apiGroup(object.ref.apiVersion) === 'networking.k8s.io';
}

export function readIngressClass(object: ModelObject): IngressClass {
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  return {
    object,
    name: object.ref.name,
    controller: text(at(object.manifest, 'spec', 'controller')),
    isDefault: annotations.get('ingressclass.kubernetes.io/is-default-class') === 'true',
  };
}
