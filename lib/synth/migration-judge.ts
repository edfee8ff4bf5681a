import { parseCidr } from '../address';
import type { Finding } from '../finding/finding';
import type { RuledProblem } from '../finding/problem';
import { CLUSTER_KINDS, clusterObjects, type Judge, lookPodProblems, podRanges } from '../migration';
import { type ClusterFacts, networkModel, type SourceObject } from '../model';
import { expectationFindings, type WrittenExpectation } from '../reach';
import { NETWORK_RULES, runRules } from '../rules';

const NOWHERE = { file: null, line: null, column: null, construct: null };

/** Every rule and expectation over the objects of a cluster as it stands between two stages: its pools and ranges are those of that moment. */
export function judgeOf(
  objects: readonly SourceObject[],
  facts: ClusterFacts,
  expectations: readonly WrittenExpectation[],
): Judge {
  const own = objects.filter(({ manifest }) => !CLUSTER_KINDS.has(kindOf(manifest)));
  const ofCluster: Judge['cluster'] = (cluster) => {
    const now = clusterObjects(cluster).map((manifest): SourceObject => ({ manifest, locate: () => NOWHERE }));
    const podCidrs = podRanges(cluster).map(parseCidr);
    const services = cluster.kubeadm?.serviceSubnet.split(',').filter(Boolean) ?? [];
    const ranges = {
      ...(podCidrs.length > 0 && { podCidrs }),
      ...(services.length > 0 && { serviceCidrs: services.map(parseCidr) }),
    };
    const model = networkModel([...own, ...now], { ...facts, ...ranges });
    const found = [...runRules(NETWORK_RULES, model).findings, ...expectationFindings(model, expectations)];
    return found.filter(({ severity }) => severity === 'error').map(asProblem);
  };
  return { cluster: ofCluster, lookPod: lookPodOf(objects, facts) };
}

export function lookPodOf(objects: readonly SourceObject[], facts: ClusterFacts): Judge['lookPod'] {
  return (pod, title) => lookPodProblems(objects, facts, pod, title);
}

function kindOf(manifest: unknown): string {
  return typeof manifest === 'object' && manifest !== null && 'kind' in manifest ? String(manifest.kind) : '';
}

function asProblem({ code, slug, severity, message, help }: Finding): RuledProblem {
  return { rule: { code, slug, severity, title: message }, message, help };
}
