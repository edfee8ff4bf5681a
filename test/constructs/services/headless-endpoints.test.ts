import { ExternalEndpointsService, type ExternalEndpointsServiceProps, SessionAffinity } from '../../../lib';
import { problemsOf, shopChart, specOf } from '../synthesized';

test.each<[Partial<ExternalEndpointsServiceProps>, string]>([
  [{ sessionAffinity: SessionAffinity.clientIp() }, 'sessionAffinity needs an address of its own'],
  [{ externalIps: ['192.0.2.50'] }, 'externalIps needs an address of its own'],
])('a headless Service does not emit %j', (props, problem) => {
  const service = new ExternalEndpointsService(shopChart(), 'db', {
    headless: true,
    ports: [{ port: 5432 }],
    endpoints: [{ addresses: ['192.0.2.10'] }],
    ...props,
  });
  expect(specOf(service)).toEqual({ type: 'ClusterIP', clusterIP: 'None', ports: [{ port: 5432 }] });
  expect(problemsOf(service)).toEqual([`NL983 the Service is headless, and ${problem}`]);
});
