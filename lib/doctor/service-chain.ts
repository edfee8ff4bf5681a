import type { Finding } from '../finding/finding';
import {
  at,
  flatMap,
  labelSelectorText,
  list,
  member,
  type NetworkModel,
  otherPolicies,
  type Service,
  text,
} from '../model';
import { connections, entrances, type Filter, type Party, type Reachability, solve } from '../reach';
import { NETWORK_RULES, runRules } from '../rules';
import type { NetworkRule } from '../rules/network-rule';
import { networkPlugins, rolloutOf } from './network-plugins';
import type { RunningPod } from './running-pods';
import { backendsOf } from './services/backends';
import { endpointsDisagree } from './services/endpoints-disagree';
import { loadBalancerPending } from './services/load-balancer-pending';
import { proxyNotReady } from './services/proxy-not-ready';
import { serviceWithoutReadyPods } from './services/service-without-ready-pods';

/** One thing that a connection to a Service needs. */
export interface Link {
  /** `pods are ready` */
  readonly what: string;
  /** Undefined: the input does not say. */
  readonly holds: boolean | undefined;
  /** What was seen. */
  readonly seen: string;
  /** What to do; empty where nothing is to be done. */
  readonly help: string;
}

/** Who asks, as `--from` names them; nobody in particular is undefined. */
export interface Asking {
  readonly name: string;
  readonly party: Party;
}

/** The way to a Service, link by link, up to the first one that is broken: what comes after it says nothing. */
export function serviceChain(model: NetworkModel, service: Service, from: Asking | undefined): readonly Link[] {
  const links: Link[] = [];
  const steps =
    service.type === 'ExternalName' ? [] : [pods, ready, endpoints, targetPorts, policies, proxy, nodePorts, address];
  for (const step of steps) {
    const link = step({ model, service, from });
    if (link === undefined) continue;
    links.push(link);
    if (link.holds === false) break;
  }
  return links;
}

interface Question {
  readonly model: NetworkModel;
  readonly service: Service;
  readonly from: Asking | undefined;
}

type Step = (question: Question) => Link | undefined;

const pods: Step = ({ model, service }) => {
  const what = 'the selector finds pods';
  if (service.selector === undefined) {
    return {
      what,
      holds: undefined,
      seen: 'it has no selector: its endpoints are written by hand or by a controller',
      help: '',
    };
  }
  const found = backendsOf(model, service)?.pods ?? [];
  const selector = labelSelectorText(service.selector);
  if (found.length > 0) return { what, holds: true, seen: `${selector}: ${podTexts(found)}`, help: '' };
  const broken = findingOf(model, service, 'NL210') ?? doctored(model, service, serviceWithoutReadyPods);
  return {
    what,
    holds: false,
    seen: broken?.message ?? `no pod in ${service.namespace} has ${selector}`,
    help: broken?.help ?? `kubectl -n ${service.namespace} get pods --show-labels`,
  };
};

const ready: Step = ({ model, service }) => {
  const backends = backendsOf(model, service);
  if (backends === undefined) return undefined;
  const what = 'pods are ready';
  const broken = doctored(model, service, serviceWithoutReadyPods);
  if (broken !== undefined) {
    const why = broken.related.at(0)?.message;
    return { what, holds: false, seen: `${broken.message}${why === undefined ? '' : `; ${why}`}`, help: broken.help };
  }
  return { what, holds: true, seen: `${backends.ready.length} of ${backends.pods.length}`, help: '' };
};

const endpoints: Step = ({ model, service }) => {
  const backends = backendsOf(model, service);
  if (backends === undefined) return undefined;
  const what = 'they are its endpoints';
  const broken = doctored(model, service, endpointsDisagree);
  if (broken !== undefined) return { what, holds: false, seen: broken.message, help: broken.help };
  return { what, holds: true, seen: [...backends.addresses].sort().slice(0, NAMED).join(', '), help: '' };
};

const targetPorts: Step = ({ model, service }) => {
  const broken = findingOf(model, service, 'NL211');
  const what = 'target ports are ports of the pods';
  if (broken === undefined) {
    const seen = service.ports.map(({ port, targetPort }) => `${port} → ${targetPort ?? port}`).join(', ');
    return service.selector === undefined ? undefined : { what, holds: true, seen, help: '' };
  }
  return { what, holds: broken.severity === 'error' ? false : undefined, seen: broken.message, help: broken.help };
};

const policies: Step = ({ model, service, from }) => {
  const backends = backendsOf(model, service);
  if (backends === undefined || backends.ready.length === 0) return undefined;
  const reach = solve(model);
  const behind = new Set(backends.ready.map(({ object }) => object));
  const to = new Set(
    flatMap(reach.workloads, (workload, index) =>
      workload.pods.some(({ object }) => behind.has(object)) ? [index] : [],
    ),
  );
  const filter: Filter = { from: from?.party, to: partyOf(to), ports: targetsOf(service, reach) };
  const way = [...connections(reach, entrances(model, reach), filter)].at(0);
  const what = 'policies let it in';
  const elsewhere = otherPolicies(model).length;
  if (elsewhere > 0) {
    const seen = `not decided: there ${elsewhere === 1 ? 'is 1 policy' : `are ${elsewhere} policies`} of APIs that are not evaluated`;
    return { what, holds: undefined, seen, help: '' };
  }
  if (way !== undefined) {
    const who = from?.name ?? way.src;
    return { what, holds: true, seen: `${who} can open ${reach.sets.text(way.set)} of ${way.dst}`, help: '' };
  }
  const [target] = [...to].map((index) => reach.workloads[index].text);
  const asked = service.ports.map(({ port, targetPort }) => targetPort ?? port).join(', ');
  return {
    what,
    holds: false,
    seen: `${from?.name ?? 'nobody'} can${from === undefined ? '' : 'not'} open ${asked} of ${target}`,
    help: `netloom explain ${from?.name ?? 'FROM'} ${target} says which policies decide, and the smallest change`,
  };
};

function partyOf(workloads: ReadonlySet<number>): Party {
  return { workloads, isOutside: () => false, range: undefined, ingressController: false };
}

/** The ports on which its pods listen. */
function targetsOf({ ports: own }: Service, { sets, workloads }: Reachability): Filter['ports'] {
  return (index) =>
    (index < 0 ? [] : workloads[index].pods).reduce(
      (sum, { containerPorts }) =>
        own.reduce((all, { port, targetPort, protocol }) => {
          const number =
            typeof targetPort === 'string'
              ? containerPorts.find(({ name }) => name === targetPort)?.containerPort
              : (targetPort ?? port);
          return number === undefined
            ? all
            : sets.union(all, sets.of({ [protocol]: [{ first: number, last: number }] }));
        }, sum),
      sets.of({}),
    );
}

const proxy: Step = ({ model, service }) => {
  if (service.headless) return undefined;
  const what = 'something serves its address on each node';
  const broken = runRules([proxyNotReady], model).findings.at(0);
  if (broken !== undefined) return { what, holds: false, seen: broken.message, help: broken.help };
  const daemonSet = model.ofKind('DaemonSet').find(({ ref }) => ref.name === 'kube-proxy');
  const rollout = daemonSet && rolloutOf(daemonSet);
  if (rollout !== undefined) {
    return { what, holds: true, seen: `kube-proxy on ${rollout.ready} of ${rollout.wanted} nodes`, help: '' };
  }
  const others = networkPlugins(model)
    .map(({ name }) => name)
    .join(', ');
  return {
    what,
    holds: undefined,
    seen: `no DaemonSet kube-proxy${others === '' ? '' : `; ${others} may replace it`}, or nodes run it themselves, as with k3s`,
    help: '',
  };
};

/** Nodes without an endpoint drop what comes from outside (ServiceSpec, `externalTrafficPolicy: Local`). */
const nodePorts: Step = ({ model, service }) => {
  const backends = backendsOf(model, service);
  if (backends === undefined || service.externalTrafficPolicy !== 'Local') return undefined;
  const nodes = [...new Set(flatMap(backends.ready, ({ node }) => node ?? []))].sort();
  return {
    what: 'nodes that take it from outside',
    holds: nodes.length > 0,
    seen: `${nodes.slice(0, NAMED).join(', ')}: ${nodes.length} of ${model.nodes.length}, since externalTrafficPolicy is Local`,
    help: nodes.length > 0 ? '' : 'run its pods on the nodes that are asked, or set externalTrafficPolicy: Cluster',
  };
};

const address: Step = ({ model, service }) => {
  if (service.type !== 'LoadBalancer') return undefined;
  const what = 'it has an address outside';
  const broken = doctored(model, service, loadBalancerPending);
  if (broken !== undefined) return { what, holds: false, seen: broken.message, help: broken.help };
  const given = list(at(service.object.manifest, 'status', 'loadBalancer', 'ingress'));
  return {
    what,
    holds: given.length > 0 ? true : undefined,
    seen:
      given.length === 0
        ? 'no status was read'
        : given.map((one) => text(member(one, 'ip')) ?? text(member(one, 'hostname'))).join(', '),
    help: '',
  };
};

const NAMED = 5;

function podTexts(found: readonly RunningPod[]): string {
  const named = found.slice(0, NAMED).map(({ object }) => object.ref.name);
  return `${named.join(', ')}${found.length > NAMED ? ` and ${found.length - NAMED} more` : ''}`;
}

function findingOf(model: NetworkModel, service: Service, code: string): Finding | undefined {
  return about(
    runRules(
      NETWORK_RULES.filter((rule) => rule.code === code),
      model,
    ).findings,
    service,
  );
}

function doctored(model: NetworkModel, service: Service, rule: NetworkRule): Finding | undefined {
  return about(runRules([rule], model).findings, service);
}

function about(findings: readonly Finding[], { object }: Service): Finding | undefined {
  const { namespace, name } = object.ref;
  return findings.find(
    (found) => found.object?.kind === 'Service' && found.object.name === name && found.object.namespace === namespace,
  );
}
