import { at, type Ingress, textMap } from '../../model';
import { perModel } from '../../model/per-model';

/** Controllers that make a load balancer for each Ingress, and the names that their classes have unless somebody changed them. */
const OWN_LOAD_BALANCER: ReadonlyMap<string, readonly string[]> = new Map([
  ['ingress.k8s.aws/alb', ['alb']],
  ['eks.amazonaws.com/alb', []],
  ['k8s.io/ingress-gce', ['gce', 'gce-internal']],
  ['tailscale.com/ts-ingress', ['tailscale']],
]);
const OWN_CLASS_NAMES: ReadonlySet<string> = new Set([...OWN_LOAD_BALANCER.values()].flat());

/** With which Ingresses share a load balancer all the same (aws-load-balancer-controller, IngressGroup). */
const GROUP = 'alb.ingress.kubernetes.io/group.name';

/** By which controllers tell apart routes of one host and path; a name that ends with a dot or a hyphen stands for all that begin so. */
const CONDITIONS = [
  'alb.ingress.kubernetes.io/canary',
  'alb.ingress.kubernetes.io/conditions.',
  'alb.ingress.kubernetes.io/listen-ports',
  'appgw.ingress.kubernetes.io/override-frontend-port',
  'appgw.ingress.kubernetes.io/use-private-ip',
  'haproxy-ingress.github.io/http-header-match',
  'haproxy-ingress.github.io/http-header-match-regex',
  'higress.io/match-',
  'konghq.com/headers.',
  'konghq.com/methods',
  'konghq.com/protocols',
  'konghq.com/regex-priority',
  'konghq.com/snis',
  'traefik.ingress.kubernetes.io/router.entrypoints',
  'traefik.ingress.kubernetes.io/router.pathmatcher',
  'traefik.ingress.kubernetes.io/router.priority',
  'virtual-server.f5.com/ip',
  'zalando.org/skipper-predicate',
];

/** Whether the controller makes a load balancer for each Ingress. */
export function hasOwnLoadBalancer(controller: string): boolean {
  return OWN_LOAD_BALANCER.has(controller);
}

export function annotationsOf({ object }: Ingress): ReadonlyMap<string, string> {
  return textMap(at(object.manifest, 'metadata', 'annotations'));
}

/** Undefined for a class that the input does not define. */
export const controllerOf = perModel((model) => {
  const controllers = new Map(model.ingressClasses.map(({ name, controller }) => [name, controller]));
  return (ingress: Ingress): string | undefined => controllers.get(model.effectiveClass(ingress));
});

/** The same text for Ingresses that one load balancer or proxy serves: those of a class, or each by itself. */
export const loadBalancerOf = perModel((model) => {
  const controller = controllerOf(model);
  return (ingress: Ingress): string => {
    const className = model.effectiveClass(ingress);
    const name = controller(ingress);
    const isOwn = name === undefined ? OWN_CLASS_NAMES.has(className) : OWN_LOAD_BALANCER.has(name);
    const group = annotationsOf(ingress).get(GROUP);
    return JSON.stringify([
      className,
      isOwn && group === undefined ? [ingress.namespace, ingress.object.ref.name] : group,
    ]);
  };
});

/** The same text for Ingresses of which routes with the same host and path take the same requests. */
export const frontendOf = perModel((model) => {
  const loadBalancer = loadBalancerOf(model);
  return (ingress: Ingress): string =>
    JSON.stringify([loadBalancer(ingress), [...annotationsOf(ingress)].filter(([name]) => isCondition(name))]);
});

function isCondition(name: string): boolean {
  return CONDITIONS.some((known) => (/[.-]$/.test(known) ? name.startsWith(known) : name === known));
}
