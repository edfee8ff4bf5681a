import { IngressClass, type IngressClassProps } from '../../../lib';
import { manifestOf, problemsOf, shopChart } from '../synthesized';

function ingressClass(props: Partial<IngressClassProps> = {}): IngressClass {
  return new IngressClass(shopChart(), 'public', { controller: 'traefik.io/ingress-controller', ...props });
}

test('manifest, without the namespace of its chart', () => {
  const made = ingressClass();
  expect(manifestOf(made)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'public' },
    spec: { controller: 'traefik.io/ingress-controller' },
  });
  expect(Object.keys(manifestOf(made) as object)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  expect(made.name).toBe('public');
});

test.each<[string, Partial<IngressClassProps>, object]>([
  [
    'default class',
    { isDefault: true, annotations: { a: 'b' } },
    {
      metadata: { name: 'public', annotations: { a: 'b', 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    },
  ],
  [
    'parameters for the cluster',
    { parameters: { apiGroup: 'example.com', kind: 'Settings', name: 's' } },
    {
      spec: {
        controller: 'traefik.io/ingress-controller',
        parameters: { apiGroup: 'example.com', kind: 'Settings', name: 's', scope: 'Cluster' },
      },
    },
  ],
  [
    'parameters in a namespace',
    { parameters: { kind: 'ConfigMap', name: 's', namespace: 'ops' } },
    {
      spec: {
        controller: 'traefik.io/ingress-controller',
        parameters: { kind: 'ConfigMap', name: 's', namespace: 'ops', scope: 'Namespace' },
      },
    },
  ],
])('%s', (_, props, part) => {
  expect(manifestOf(ingressClass(props))).toEqual({ ...(manifestOf(ingressClass()) as object), ...part });
  expect(problemsOf(ingressClass(props))).toEqual([]);
});

test.each<[Partial<IngressClassProps>, string[]]>([
  [{ name: 'Public' }, ['NL921 the name "Public" is not a DNS name']],
  [{ controller: 'nginx' }, ['NL410 controller "nginx" is not a path under a domain']],
  [{ controller: 'Example.com/x' }, ['NL410 controller "Example.com/x" is not a path under a domain']],
  [{ controller: 'example.com/' }, ['NL410 controller "example.com/" is not a path under a domain']],
  [{ controller: `example.com/${'x'.repeat(250)}` }, ['NL410 the controller has 262 characters, more than 250']],
  [
    { parameters: { kind: 'ConfigMap', name: 's', namespace: 'Ops' } },
    ['NL410 parameters.namespace: "Ops" is not the name of a namespace'],
  ],
])('problems of %j', (props, problems) => {
  expect(problemsOf(ingressClass(props))).toEqual(problems);
});
