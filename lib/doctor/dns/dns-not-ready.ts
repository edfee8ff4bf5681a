import type { NetworkRule } from '../../rules/network-rule';
import { runningPods } from '../running-pods';
import { dnsPods } from './dns-pods';

/** Without it no name of a Service is found, and no name outside: nearly everything else fails after it. */
export const dnsNotReady: NetworkRule = {
  code: 'NL320',
  slug: 'dns-not-ready',
  severity: 'error',
  title: 'Pods of the cluster DNS are not ready',
  needs: ['dns'],
  concerns: (model) => runningPods(model).all.length > 0,
  check(model, report) {
    const pods = dnsPods(model);
    const broken = pods.filter(({ isReady }) => !isReady);
    if (broken.length === 0) return;
    const [first] = broken;
    report({
      on: first.object,
      field: ['status'],
      severity: broken.length === pods.length ? 'error' : 'warning',
      message: `${broken.length === pods.length ? 'none' : `only ${pods.length - broken.length}`} of ${pods.length} pods of the cluster DNS ${pods.length - broken.length > 1 ? 'are' : 'is'} ready${first.because === '' ? '' : `: ${first.because}`}`,
      help: `kubectl -n ${first.workload.namespace} logs ${first.object.ref.name} says why: a Corefile that CoreDNS does not take shows there, and in netloom check`,
      related: broken.slice(1, NAMED).map(({ object, because }) => ({
        on: object,
        field: ['status'],
        message: because === '' ? 'not ready' : because,
      })),
    });
  },
};

const NAMED = 3;
