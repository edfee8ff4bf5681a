import { flatMap, type NetworkModel } from '../model';
import type { Reachability } from './solve';

/** Labels of the pods that serve Ingresses, by the `spec.controller` of the class and by the usual name of the class. */
const CONTROLLERS: readonly {
  readonly controller: string;
  readonly className: string;
  readonly labels: readonly (readonly [key: string, value: string])[];
}[] = [
  { controller: 'k8s.io/ingress-nginx', className: 'nginx', labels: [['app.kubernetes.io/name', 'ingress-nginx']] },
  {
    controller: 'nginx.org/ingress-controller',
    className: 'nginx',
    labels: [['app.kubernetes.io/name', 'nginx-ingress']],
  },
  {
    controller: 'traefik.io/ingress-controller',
    className: 'traefik',
    labels: [['app.kubernetes.io/name', 'traefik']],
  },
  { controller: 'projectcontour.io/ingress-controller', className: 'contour', labels: [['app', 'envoy']] },
  {
    controller: 'haproxy.org/ingress-controller/haproxy',
    className: 'haproxy',
    labels: [['app.kubernetes.io/name', 'kubernetes-ingress']],
  },
  {
    controller: 'haproxy-ingress.github.io/controller',
    className: 'haproxy',
    labels: [['app.kubernetes.io/name', 'haproxy-ingress']],
  },
  {
    controller: 'ingress-controllers.konghq.com/kong',
    className: 'kong',
    labels: [['app.kubernetes.io/name', 'kong']],
  },
  { controller: 'istio.io/ingress-controller', className: 'istio', labels: [['istio', 'ingressgateway']] },
];

/** Workloads that serve the Ingresses of a class, as far as the input has them; indexes, ascending. */
export function ingressControllers(
  { ingressClasses }: NetworkModel,
  { workloads }: Reachability,
): (className: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  const find = (className: string): readonly number[] => {
    const controller = ingressClasses.find(({ name }) => name === className)?.controller;
    const candidates = CONTROLLERS.filter((entry) =>
      controller === undefined ? entry.className === className : entry.controller === controller,
    );
    if (candidates.length === 0) return [];
    return flatMap(workloads, ({ pods, kind }, index) =>
      kind !== 'Job' &&
      pods.some((entry) =>
        candidates.some(({ labels }) => labels.every(([key, value]) => entry.labels.get(key) === value)),
      )
        ? [index]
        : [],
    );
  };
  return (className) => {
    const answer = known.get(className) ?? find(className);
    known.set(className, answer);
    return answer;
  };
}
