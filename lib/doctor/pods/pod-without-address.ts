import { flatMap } from '../../model';
import { append } from '../../model/lookup';
import type { NetworkRule } from '../../rules/network-rule';
import { type RunningPod, runningPods } from '../running-pods';

/** A pod gets its address when its sandbox is made, before any container starts (kubelet, CNI ADD). */
export const podWithoutAddress: NetworkRule = {
  code: 'NL670',
  slug: 'pod-without-address',
  severity: 'error',
  title: 'Pods have a node and no address',
  check(model, report) {
    const waiting = new Map<string, RunningPod[]>();
    for (const pod of runningPods(model).all) {
      if (pod.node !== undefined && pod.addresses.length === 0 && !pod.workload.hostNetwork)
        append(waiting, pod.node, pod);
    }
    for (const [node, pods] of waiting) {
      const [first, ...others] = pods;
      report({
        on: first.object,
        field: ['status'],
        message: `${others.length === 0 ? 'the pod has' : `${pods.length} pods have`} no address on node ${node}${first.because === '' ? '' : `: ${first.because}`}`,
        help: `kubectl -n ${first.workload.namespace} describe pod ${first.object.ref.name} ends with what the network plugin says (FailedCreatePodSandBox); "no addresses available" means that the range of the node is used up: netloom capacity`,
        related: flatMap(others.slice(0, NAMED), ({ object }) => ({
          on: object,
          field: ['status'],
          message: 'so does this one',
        })),
      });
    }
  },
};

const NAMED = 3;
