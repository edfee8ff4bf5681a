import { GatewayClass, type GatewayClassProps } from '../../../lib';
import { manifestOf, problemsOf, shopChart } from '../synthesized';

function gatewayClass(props: Partial<GatewayClassProps> = {}): GatewayClass {
  return new GatewayClass(shopChart(), 'public', { controllerName: 'example.com/controller', ...props });
}

test('manifest, without the namespace of its chart', () => {
  const made = gatewayClass();
  expect(manifestOf(made)).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'public' },
    spec: { controllerName: 'example.com/controller' },
  });
  expect(made.name).toBe('public');
  expect(problemsOf(made)).toEqual([]);
});

test('parameters of the core group', () => {
  const made = gatewayClass({ parameters: { kind: 'ConfigMap', name: 's', namespace: 'ops' } });
  expect(manifestOf(made)).toMatchObject({
    spec: { parametersRef: { group: '', kind: 'ConfigMap', name: 's', namespace: 'ops' } },
  });
  expect(problemsOf(made)).toEqual([]);
});

test.each<[Partial<GatewayClassProps>, string[]]>([
  [{ name: 'Public' }, ['NL921 the name "Public" is not a DNS name']],
  [{ controllerName: 'nginx' }, ['NL443 controllerName is "nginx", and must be a name under a domain']],
  [{ description: 'x'.repeat(65) }, ['NL443 description has 65 characters, and at most 64 are allowed']],
  [
    { parameters: { kind: 'a b', name: '', namespace: 'A' } },
    [
      'NL443 parameters.kind is "a b", and must be a kind',
      'NL443 parameters.name is "", and must be a text that is not empty',
      'NL443 parameters.namespace is "A", and must be a namespace',
    ],
  ],
])('problems of %j', (props, problems) => {
  expect(problemsOf(gatewayClass(props))).toEqual(problems);
});
