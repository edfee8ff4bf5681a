import { Gateway, GatewayCertificate, GatewayClass, GatewayListener, ReferenceGrant } from '../../../lib';
import type { ReferenceGrantProps } from '../../../lib';
import { manifestOf, problemsOf, shopChart, synthOutput } from '../synthesized';

const FROM = { kind: 'HTTPRoute', namespace: 'front' };

function grant(props: ReferenceGrantProps): ReferenceGrant {
  return new ReferenceGrant(shopChart(), 'from-front', props);
}

test('manifest, with the groups that are usual', () => {
  const made = grant({ from: [FROM], to: [{ kind: 'Service', name: 'api' }, { kind: 'Secret' }] });
  expect(manifestOf(made)).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'from-front', namespace: 'shop' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'front' }],
      to: [
        { group: '', kind: 'Service', name: 'api' },
        { group: '', kind: 'Secret' },
      ],
    },
  });
  expect([made.name, made.namespace]).toEqual(['from-front', 'shop']);
  expect(problemsOf(made)).toEqual([]);
});

test.each<[ReferenceGrantProps, string[]]>([
  [{ from: [], to: [] }, ['NL432 from is empty', 'NL432 to is empty']],
  [
    { from: [{ kind: 'a b', namespace: 'A' }], to: [{ kind: 'Service', name: '' }] },
    [
      'NL432 from[0].kind is "a b", and must be a kind',
      'NL432 from[0].namespace is "A", and must be a namespace',
      'NL432 to[0].name is "", and must be a text that is not empty',
    ],
  ],
  [
    { from: [{ ...FROM, group: 'A b' }], to: [{ kind: 'Service' }] },
    ['NL432 from[0].group is "A b", and must be an API group'],
  ],
])('problems of %j', (props, problems) => {
  expect(problemsOf(grant(props))).toEqual(problems);
});

test.each<[string, Partial<ReferenceGrantProps>, boolean]>([
  ['its Secret', {}, true],
  ['all Secrets', { to: [{ kind: 'Secret' }] }, true],
  ['another Secret', { to: [{ kind: 'Secret', name: 'other' }] }, false],
  ['another namespace', { from: [{ kind: 'Gateway', namespace: 'front' }] }, false],
  ['another kind', { from: [{ kind: 'HTTPRoute', namespace: 'shop' }] }, false],
])('a certificate in another namespace, and a grant for %s', (_, props, isGranted) => {
  const chart = shopChart();
  new Gateway(chart, 'edge', {
    gatewayClass: GatewayClass.named('public'),
    listeners: [
      GatewayListener.https('https', {
        certificates: [GatewayCertificate.secret('tls', { namespace: 'certificates' })],
      }),
    ],
  });
  new ReferenceGrant(chart, 'grant', {
    namespace: 'certificates',
    from: [{ kind: 'Gateway', namespace: 'shop' }],
    to: [{ kind: 'Secret', name: 'tls' }],
    ...props,
  });
  expect(synthOutput(chart).includes('reference-not-granted')).toBe(!isGranted);
});
