import { at, flatMap, list, type NetworkModel } from '../model';
import { dnsPods } from './dns/dns-pods';
import { hasBuiltInFlannel, networkPlugins, rolloutOf } from './network-plugins';
import { conditionOf, runningPods } from './running-pods';
import { backendsOf } from './services/backends';

/** What was looked at, and what was seen there. */
export interface Look {
  readonly what: string;
  readonly seen: string;
}

/** A line for each part of the network, in the order in which one needs the other. Pure. */
export function overview(model: NetworkModel): readonly Look[] {
  return [nodes(model), plugins(model), pods(model), dns(model), services(model), ways(model)];
}

function nodes({ nodes: all }: NetworkModel): Look {
  const ready = all.filter(({ object }) => conditionOf(object, 'Ready')?.status === 'True');
  return { what: 'nodes', seen: all.length === 0 ? 'none was read' : `${ready.length} of ${all.length} ready` };
}

function plugins(model: NetworkModel): Look {
  const known = networkPlugins(model).map(({ name, daemonSet }) => {
    const rollout = rolloutOf(daemonSet);
    const where = `DaemonSet ${daemonSet.ref.namespace ?? ''}/${daemonSet.ref.name}`;
    return `${name}, ${where}${rollout === undefined ? '' : `: ready on ${rollout.ready} of ${rollout.wanted} nodes`}`;
  });
  if (known.length > 0) return { what: 'network plugin', seen: known.join('; ') };
  return {
    what: 'network plugin',
    seen: hasBuiltInFlannel(model) ? 'Flannel of the k3s or RKE2 agent' : 'none that is known here',
  };
}

function pods(model: NetworkModel): Look {
  const { all } = runningPods(model);
  const ready = all.filter(({ isReady }) => isReady);
  return {
    what: 'pods',
    seen: all.length === 0 ? 'none with a status was read' : `${ready.length} of ${all.length} ready`,
  };
}

function dns(model: NetworkModel): Look {
  const answering = dnsPods(model);
  const ready = answering.filter(({ isReady }) => isReady);
  const on = new Set(ready.map(({ node }) => node)).size;
  return {
    what: 'cluster DNS',
    seen:
      answering.length === 0
        ? 'no pod of it is known'
        : `${ready.length} of ${answering.length} pods ready, on ${on === 1 ? '1 node' : `${on} nodes`}`,
  };
}

function services(model: NetworkModel): Look {
  const backed = flatMap(model.services, (service) => backendsOf(model, service) ?? []);
  const answering = backed.filter(({ ready }) => ready.length > 0);
  return { what: 'Services', seen: `${answering.length} of ${backed.length} with a selector have a ready pod` };
}

function ways({ ingresses, gatewayApi: { gateways } }: NetworkModel): Look {
  const addressed = ingresses.filter(
    ({ object }) => list(at(object.manifest, 'status', 'loadBalancer', 'ingress')).length > 0,
  );
  const programmed = gateways.filter(({ object }) => conditionOf(object, 'Programmed')?.status === 'True');
  return {
    what: 'ways in',
    seen: `${addressed.length} of ${ingresses.length} Ingresses have an address, ${programmed.length} of ${gateways.length} Gateways are programmed`,
  };
}
