import type { ApiObject } from 'cdk8s';
import { parseCidr, type PortRange } from '../address';
import { type Finding, finding, objectText } from '../finding/finding';
import {
  at,
  list,
  listItems,
  member,
  type ModelObject,
  modelObject,
  nonEmpty,
  positive,
  readService,
  type Service,
} from '../model';
import {
  type AssignmentKind,
  assignServices,
  type Assignments,
  type Lock,
  type TakenValue,
  type WantedAssignment,
  type WantedPort,
} from '../plan';
import { addressFields } from '../rules';
import { type AppState, clusterOf, originOf, type PlannedClaim, type PlannedCluster } from './app-state';
import { clusterPlan } from './cluster-facts';
import { byCluster, objectRef, type Rendered, sourceObject } from './rendered';
import { PLANNED_OUTSIDE_CLUSTER } from './rules';

const DEFAULT_NODE_PORT_RANGE: PortRange = { first: 30000, last: 32767 };

/** Serves the claims of each cluster around what its objects fix; what cannot be served is a finding. */
export function assign(
  state: AppState,
  lock: Lock,
  renumber: ReadonlySet<string>,
  fixed: readonly Rendered[],
  findings: Finding[],
  assigned: Map<PlannedClaim, string | number>,
): Map<PlannedCluster, Assignments> {
  const claims = new Map<PlannedCluster, PlannedClaim[]>();
  for (const claim of state.claims) {
    const cluster = clusterOf(state, claim.object);
    if (cluster === undefined) {
      findings.push(
        finding(PLANNED_OUTSIDE_CLUSTER, {
          message: `a ${claim.kind} is to be planned, but the Service is not in a cluster`,
          object: objectRef(state, claim.object),
          origin: originOf(state, claim.object),
          help: 'put its chart under a Cluster: new Chart(cluster, …)',
        }),
      );
      continue;
    }
    const existing = claims.get(cluster);
    if (existing === undefined) claims.set(cluster, [claim]);
    else existing.push(claim);
  }

  const results = new Map<PlannedCluster, Assignments>();
  const fixedOf = byCluster(state, fixed);
  for (const [cluster, claimed] of claims) {
    const keyed = claimed.map((claim) => ({ claim, key: claimKey(cluster.name, claim) }));
    const plan = clusterPlan(cluster);
    const portsOf = openPorts(keyed, fixedOf.get(cluster) ?? []);
    const result = assignServices({
      cluster: cluster.name,
      serviceCidrs: [
        ...(plan?.serviceCidrs ?? []).map(parseCidr),
        ...(cluster.spec?.extraServiceCidrs ?? []).map(({ cidr }) => cidr),
      ],
      loadBalancerCidrs: (plan?.loadBalancerCidrs ?? []).map(parseCidr),
      nodePortRange: cluster.spec?.nodePortRange ?? DEFAULT_NODE_PORT_RANGE,
      lock,
      renumber,
      wanted: keyed.map(({ claim, key }) => wanted(state, claim, key, portsOf.get(claim.object))),
      taken: (fixedOf.get(cluster) ?? []).flatMap((entry) => takenBy(state, entry)),
    });
    results.set(cluster, result);
    findings.push(...result.findings);
    for (const { claim, key } of keyed) {
      const value = result.values.get(key);
      if (value !== undefined) assigned.set(claim, value);
    }
  }
  return results;
}

function claimKey(cluster: string, claim: PlannedClaim): string {
  const { namespace, name } = claimant(claim);
  const last = claim.kind === 'nodePort' ? claim.port : claim.family;
  return [cluster, claim.kind, namespace, name, last].join('/');
}

function claimant({ object }: PlannedClaim): { namespace: string; name: string } {
  return { namespace: object.metadata.namespace ?? 'default', name: object.name };
}

function wanted(
  state: AppState,
  claim: PlannedClaim,
  key: string,
  ports: readonly WantedPort[] | undefined,
): WantedAssignment {
  const { namespace, name } = claimant(claim);
  const { kind } = claim;
  return {
    key,
    kind,
    family: claim.kind === 'nodePort' ? undefined : claim.family,
    // As the API server does for ports that it numbers itself: TCP and UDP of one port get one node port.
    shareGroup: claim.kind === 'nodePort' ? [namespace, name, claim.portNumber].join('/') : undefined,
    ports: claim.kind === 'nodePort' ? ports : undefined,
    object: objectRef(state, claim.object),
    get origin() {
      return originOf(state, claim.object);
    },
  };
}

/** The ports of the Services that want a node port planned and leave another one to the API server. */
function openPorts(
  keyed: readonly { readonly claim: PlannedClaim; readonly key: string }[],
  rendered: readonly Rendered[],
): Map<ApiObject, readonly WantedPort[]> {
  const keys = new Map<ApiObject, Map<string, string>>();
  for (const { claim, key } of keyed) {
    if (claim.kind !== 'nodePort') continue;
    const own = keys.get(claim.object) ?? new Map<string, string>();
    keys.set(claim.object, own.set(claim.port, key));
  }
  return new Map(
    rendered.flatMap(({ object, manifest }): [ApiObject, readonly WantedPort[]][] => {
      const planned = keys.get(object);
      if (planned === undefined) return [];
      const ports = list(at(manifest, 'spec', 'ports')).map((port): WantedPort => {
        const number = positive(member(port, 'port')) ?? 0;
        const key = planned.get(nonEmpty(member(port, 'name')) ?? String(number));
        return { port: number, nodePort: positive(member(port, 'nodePort')), key };
      });
      return ports.some(({ nodePort, key }) => nodePort === undefined && key === undefined) ? [[object, ports]] : [];
    }),
  );
}

function takenBy(state: AppState, entry: Rendered): TakenValue[] {
  return listItems(sourceObject(state, entry)).flatMap((source) => {
    const object = modelObject(source);
    return object?.ref.kind === 'Service' && object.ref.apiVersion === 'v1' ? takenByService(state, entry, object) : [];
  });
}

function takenByService(state: AppState, entry: Rendered, object: ModelObject): TakenValue[] {
  const { ref } = object;
  const service = readService(object);
  const taken = (kind: AssignmentKind, value: string | number): TakenValue => ({
    kind,
    value,
    owner: objectText(ref),
    object: ref,
    // Only what is reported needs a place, and a place is dear.
    get origin() {
      return originOf(state, entry.object);
    },
  });
  return [
    ...addressFields(service.clusterIps).map(({ text }) => taken('clusterIP', text)),
    ...addressFields(service.loadBalancerIps).map(({ text }) => taken('loadBalancerIP', text)),
    ...nodePorts(service).map((port) => taken('nodePort', port)),
  ];
}

function nodePorts(service: Service): number[] {
  return [...service.ports.map(({ nodePort }) => nodePort), service.healthCheckNodePort].filter(
    (port) => port !== undefined,
  );
}
