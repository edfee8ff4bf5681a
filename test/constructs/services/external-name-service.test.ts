import { ExternalNameService } from '../../../lib';
import { manifestOf, problemsOf, shopChart, synthOutput } from '../synthesized';

function service(externalName: string): ExternalNameService {
  return new ExternalNameService(shopChart(), 'db', { externalName });
}

test('manifest', () => {
  const db = service('db.example.com');
  expect(manifestOf(db)).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName: 'db.example.com' },
  });
  expect(db.dnsName).toBe('db.shop.svc.cluster.local');
  expect(db.ports).toEqual([]);
});

test.each(['db.example.com', 'db.example.com.', 'localhost', '1password.com'])('takes %s', (externalName) => {
  expect(problemsOf(service(externalName))).toEqual([]);
});

test.each<[string, string]>([
  ['192.0.2.1', 'externalName "192.0.2.1" is an IP address, and an alias needs a DNS name'],
  ['192.0.2.300', 'externalName "192.0.2.300" is an IP address, and an alias needs a DNS name'],
  ['2001:db8::1', 'externalName "2001:db8::1" is an IP address, and an alias needs a DNS name'],
  ['[2001:db8::1]', 'externalName "[2001:db8::1]" is an IP address, and an alias needs a DNS name'],
  ['https://db.example.com/x', 'externalName "https://db.example.com/x" is not a DNS name'],
  ['db.example.com:5432', 'externalName "db.example.com:5432" is not a DNS name'],
  ['DB.example.com', 'externalName "DB.example.com" is not a DNS name'],
  ['db..example.com', 'externalName "db..example.com" is not a DNS name'],
  ['', 'the ExternalName Service has no externalName'],
])('refuses %j', (externalName, problem) => {
  expect(problemsOf(service(externalName))).toEqual([`NL301 ${problem}`]);
});

test.each(['https://DB.example.com:5432/x', 'db.example.com:5432', 'DB.example.com'])('knows what %s means', (text) => {
  expect(synthOutput(service(text))).toContain('help: write db.example.com');
});
