import type { NetworkRule } from '../../rules/network-rule';
import { rolloutOf } from '../network-plugins';

/** It turns the addresses of Services into those of pods on each node. Where it does not run, Services stop following their pods. */
export const proxyNotReady: NetworkRule = {
  code: 'NL283',
  slug: 'kube-proxy-not-ready',
  severity: 'error',
  title: 'kube-proxy is not ready on every node',
  check(model, report) {
    const proxy = model
      .ofKind('DaemonSet')
      .find(({ ref }) => ref.namespace === 'kube-system' && ref.name === 'kube-proxy');
    const rollout = proxy && rolloutOf(proxy);
    if (proxy === undefined || rollout === undefined || rollout.ready >= rollout.wanted) return;
    report({
      on: proxy,
      field: ['status', 'numberReady'],
      message: `kube-proxy is ready on ${rollout.ready} of ${rollout.wanted} nodes`,
      help: 'on the others Services do not follow their pods: kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide',
    });
  },
};
