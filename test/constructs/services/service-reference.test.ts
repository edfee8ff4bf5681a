import { Protocol, ServiceReference } from '../../../lib';

test('knows its names', () => {
  const grafana = ServiceReference.of('grafana', { namespace: 'monitoring', ports: [{ port: 80, name: 'http' }] });
  expect(grafana.name).toBe('grafana');
  expect(grafana.namespace).toBe('monitoring');
  expect(grafana.dnsName).toBe('grafana.monitoring.svc.cluster.local');
  expect(grafana.srvName('http')).toBe('_http._tcp.grafana.monitoring.svc.cluster.local');
  expect(grafana.srvName('x', Protocol.SCTP)).toBe('_x._sctp.grafana.monitoring.svc.cluster.local');
  expect(grafana.ports).toEqual([{ port: 80, name: 'http' }]);
});

test('has defaults', () => {
  const api = ServiceReference.of('api');
  expect([api.dnsName, api.ports]).toEqual(['api.default.svc.cluster.local', []]);
  expect(ServiceReference.of('api', { clusterDomain: 'k8s.example' }).dnsName).toBe('api.default.svc.k8s.example');
});

test('gives copies of its ports', () => {
  const api = ServiceReference.of('api', { ports: [{ port: 80 }] });
  api.ports.pop();
  expect(api.ports).toEqual([{ port: 80 }]);
});

test('fromName is of, by the name that other libraries have for it', () => {
  const props = { namespace: 'search' };
  expect(ServiceReference.fromName('search', props)).toEqual(ServiceReference.of('search', props));
});
