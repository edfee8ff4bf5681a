import type { Construct } from 'constructs';
import { NetworkPolicy, Pods, PolicyPeer, PolicyPort } from 'netloom';
import { INGRESS_NAMESPACE } from './edge';

/** Nothing is allowed that does not stand here. Ports are those of the pods, not those of the Services. */
export function addPolicies(scope: Construct, { web, api, db }: { web: Pods; api: Pods; db: Pods }): void {
  const http = [PolicyPort.named('http')];
  const fromIngress = { from: [PolicyPeer.namespace(INGRESS_NAMESPACE)], ports: http };

  // Every pod is closed in both directions, but may look up names …
  NetworkPolicy.defaultDeny(scope, 'default-deny').allowDns();
  // … and is scraped by whatever runs in monitoring.
  new NetworkPolicy(scope, 'scraping', {
    subject: Pods.all(),
    ingress: [{ from: [PolicyPeer.namespace('monitoring')], ports: [PolicyPort.named('metrics')] }],
  });

  new NetworkPolicy(scope, 'web', {
    subject: web,
    ingress: [fromIngress],
    egress: [{ to: [PolicyPeer.pods(api)], ports: http }],
  });
  new NetworkPolicy(scope, 'api', {
    subject: api,
    ingress: [fromIngress, { from: [PolicyPeer.pods(web)], ports: http }],
    egress: [
      { to: [PolicyPeer.pods(db)], ports: [PolicyPort.named('postgres')] },
      // The payment provider has no fixed addresses: the internet, but no private network.
      {
        to: [PolicyPeer.cidr('0.0.0.0/0', { except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] })],
        ports: [PolicyPort.tcp(443)],
      },
    ],
  });
  new NetworkPolicy(scope, 'db', {
    subject: db,
    // The replica copies from the primary.
    ingress: [{ from: [PolicyPeer.pods(api), PolicyPeer.pods(db)], ports: [PolicyPort.named('postgres')] }],
    egress: [{ to: [PolicyPeer.pods(db)], ports: [PolicyPort.named('postgres')] }],
  });
}
