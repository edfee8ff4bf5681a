import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Cluster,
  ClusterIp,
  ClusterIpService,
  HeadlessService,
  Ingress,
  IngressBackend,
  IngressClass,
  LoadBalancerIp,
  LoadBalancerService,
  NetworkPolicy,
  NodePort,
  NodePortService,
  Pods,
  PolicyPeer,
  PolicyPort,
  TargetPort,
} from '../../lib';
import { synthOutput } from './synthesized';

const securityContext = { user: 1000 };

function shop(): Chart {
  const cluster = new Cluster(Testing.app(), 'prod', {
    serviceCidrs: ['10.96.0.0/16'],
    podCidrs: ['10.244.0.0/16'],
    loadBalancerCidrs: ['192.168.7.0/28'],
  });
  const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
  const web = new kplus.Deployment(chart, 'web', {
    containers: [{ image: 'web', ports: [{ number: 8080, name: 'http' }], securityContext }],
  });
  const db = new kplus.StatefulSet(chart, 'db', { containers: [{ image: 'db', portNumber: 5432, securityContext }] });
  const probe = new kplus.Pod(chart, 'probe', {
    containers: [{ image: 'probe', portNumber: 9000, securityContext }],
    metadata: { labels: { app: 'probe' } },
  });

  const webService = new ClusterIpService(chart, 'web-service', {
    pods: Pods.of(web),
    ports: [{ port: 80, targetPort: TargetPort.name('http') }],
    clusterIp: ClusterIp.planned(),
  });
  new HeadlessService(chart, 'db-service', { pods: Pods.of(db), ports: [{ port: 5432 }] });
  new NodePortService(chart, 'probe-service', {
    pods: Pods.of(probe),
    ports: [{ port: 9000, nodePort: NodePort.planned() }],
  });
  new LoadBalancerService(chart, 'edge', {
    pods: Pods.of(webService),
    ports: [{ port: 443, targetPort: TargetPort.number(8080) }],
    loadBalancerIp: LoadBalancerIp.planned(),
  });
  new Ingress(chart, 'ingress', {
    ingressClass: IngressClass.named('public'),
    rules: [{ host: 'shop.example.com', paths: [{ backend: IngressBackend.service(webService) }] }],
  });
  NetworkPolicy.defaultDeny(chart, 'default-deny');
  new NetworkPolicy(chart, 'from-anywhere', {
    subject: Pods.of(web),
    ingress: [{ from: [PolicyPeer.anyone()], ports: [PolicyPort.tcp(8080)] }],
  });
  new NetworkPolicy(chart, 'probe-from-anywhere', {
    subject: Pods.of(probe),
    ingress: [{ from: [PolicyPeer.anyone()], ports: [PolicyPort.tcp(9000)] }],
  });
  const policy = new NetworkPolicy(chart, 'db-policy', {
    subject: Pods.of(db),
    ingress: [
      { from: [PolicyPeer.pods(Pods.of(web)), PolicyPeer.pods(Pods.of(probe))], ports: [PolicyPort.tcp(5432)] },
    ],
  });
  policy.allowDns();
  return chart;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly spec: {
    readonly selector?: object;
    readonly podSelector?: object;
    readonly template?: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  };
}

test('an app with workloads of cdk8s-plus has nothing wrong with it', () => {
  expect(synthOutput(shop())).toBe('');
});

test('each selector is that of its workload', () => {
  const manifests = Testing.synth(shop()) as Manifest[];
  const named = (kind: string, name: string): Manifest => {
    const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name.includes(name));
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  };
  const labels = (kind: string, name: string): object | undefined => named(kind, name).spec.template?.metadata.labels;
  expect(named('Service', 'web-service').spec.selector).toEqual(labels('Deployment', 'web'));
  expect(named('Service', 'edge').spec.selector).toEqual(labels('Deployment', 'web'));
  expect(named('Service', 'db-service').spec.selector).toEqual(labels('StatefulSet', 'db'));
  expect(named('NetworkPolicy', 'db-policy').spec.podSelector).toEqual({ matchLabels: labels('StatefulSet', 'db') });
  expect(named('Service', 'probe-service').spec.selector).toEqual(named('Pod', 'probe').metadata.labels);
});

test('the same app gives the same bytes', () => {
  expect(JSON.stringify(Testing.synth(shop()))).toBe(JSON.stringify(Testing.synth(shop())));
});
