import { type App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Cluster,
  ClusterIpService,
  LoadBalancerService,
  NetworkPolicy,
  Pods,
  PolicyPeer,
  PolicyPort,
  TargetPort,
} from 'netloom';
import { type Component, COMPONENTS, type Environment } from './components';
import { addDeployment } from './deployment';

/** Google's microservices demo: twelve workloads of cdk8s-plus behind Services and NetworkPolicies of Netloom. */
export function onlineBoutique(app: App): void {
  const cluster = new Cluster(app, 'online-boutique', {
    supernets: ['10.56.0.0/18'],
    nodes: 4,
    services: 60,
    loadBalancers: 6,
  });
  const chart = new Chart(cluster, 'shop');

  NetworkPolicy.defaultDeny(chart, 'deny-all');
  for (const [name, component] of Object.entries(COMPONENTS)) addComponent(new Construct(chart, name), name, component);
}

function addComponent(scope: Construct, name: string, component: Component): void {
  const pods = Pods.of(addDeployment(scope, name, component, environment(component)));
  const labels = { app: name };
  const { listens } = component;

  // As in the demo, a component may connect to anything: whether it is let in is for the other side to say.
  const policy = new NetworkPolicy(scope, 'policy', { name, subject: pods, egress: [{ to: [PolicyPeer.anyone()] }] });
  if (listens === undefined) return;

  const callers = callersOf(name).map((caller) => PolicyPeer.pods(Pods.labelled({ app: caller })));
  if (component.public) policy.allowFrom([PolicyPeer.anyone()]);
  else policy.allowFrom(callers, [PolicyPort.tcp(listens.containerPort)]);

  const ports = [{ name: listens.portName, port: listens.port, targetPort: TargetPort.number(listens.containerPort) }];
  new ClusterIpService(scope, 'service', { name, labels, pods, ports });
  if (component.public) new LoadBalancerService(scope, 'external', { name: `${name}-external`, labels, pods, ports });
}

function environment({ env, calls = {} }: Component): Environment {
  const addresses = Object.entries(calls).map(([variable, callee]): [string, string] => [variable, addressOf(callee)]);
  return { ...env, ...Object.fromEntries(addresses) };
}

function addressOf(name: string): string {
  const { listens } = COMPONENTS[name];
  if (listens === undefined) throw new Error(`${name} is called, and listens nowhere`);
  return `${name}:${listens.port}`;
}

function callersOf(name: string): string[] {
  return Object.entries(COMPONENTS).flatMap(([caller, { calls = {} }]) =>
    Object.values(calls).includes(name) ? [caller] : [],
  );
}
