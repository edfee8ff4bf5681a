import { Size } from 'cdk8s';
import { Capability, Cpu, Deployment, EnvValue, LabelSelector, ServiceAccount, Volume } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Component, Environment } from './components';

/** The pods of a component, which are known by the label `app`, as the demo's own are. */
export function addDeployment(scope: Construct, name: string, component: Component, env: Environment): Deployment {
  const { image, container, listens, data, cpu = [100, 200], memory = [64, 128] } = component;
  const labels = { app: name };
  const deployment = new Deployment(scope, 'deployment', {
    metadata: { name, labels },
    podMetadata: { labels },
    // cdk8s-plus would select its pods by a label of its own.
    select: false,
    replicas: 1,
    serviceAccount: new ServiceAccount(scope, 'account', { metadata: { name } }),
    securityContext: { user: 1000, group: 1000, fsGroup: 1000 },
    containers: [
      {
        name: container,
        image,
        portNumber: listens?.containerPort,
        envVariables: Object.fromEntries(
          Object.entries(env).map(([variable, value]) => [variable, EnvValue.fromValue(value)]),
        ),
        volumeMounts: data === undefined ? [] : [{ path: data, volume: Volume.fromEmptyDir(scope, 'data', 'data') }],
        resources: {
          cpu: { request: Cpu.millis(cpu[0]), limit: Cpu.millis(cpu[1]) },
          memory: { request: Size.mebibytes(memory[0]), limit: Size.mebibytes(memory[1]) },
        },
        securityContext: { capabilities: { drop: [Capability.ALL] } },
      },
    ],
  });
  deployment.select(LabelSelector.of({ labels }));
  return deployment;
}
