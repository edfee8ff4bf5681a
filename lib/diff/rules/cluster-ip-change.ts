import { formatAddress } from '../../address';
import { pairsOf } from '../model-change';
import { readIpAddress, type Service } from '../../model';

import { changed, type ChangeRule } from '../change-rule';

/** The primary address may not change once it is set, except to and from ExternalName (core/v1 validation, ValidateServiceClusterIPsRelatedFields). */
export const clusterIpChange: ChangeRule = {
  code: 'NL801',
  slug: 'cluster-ip-change',
  severity: 'error',
  title: 'The cluster address of a Service changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      if (pair.before.type === 'ExternalName' || pair.after.type === 'ExternalName') continue;
      const [from, to] = [pair.before, pair.after].map(primaryAddress);
      if (from === to || (to === undefined && from !== 'None')) continue;
      const objects = { before: pair.before.object, after: pair.after.object };
      report(changed(objects, ['spec', 'clusterIP'], said(from, to, pair.after)));
    }
  },
};

function said(from: string | undefined, to: string | undefined, { type }: Service): ReturnType<typeof refused> {
  if (to === undefined) {
    // What is left out keeps its value: kubectl apply and replace are both taken, and the Service stays as it was.
    if (type !== 'ClusterIP') return refused(from, to);
    return {
      severity: 'warning',
      message: 'clusterIP: None is left out: the Service stays headless',
      help: 'the cluster keeps what it has stored: delete the Service and create it anew for an address of its own, or write clusterIP: None again',
    };
  }
  if (from === undefined && to !== 'None') {
    return {
      severity: 'warning',
      message: `clusterIP ${to} is asked for by a Service whose address the cluster chose`,
      help: 'the API server refuses it unless the Service has this address already: look it up, or delete the Service and create it anew',
    };
  }
  return refused(from, to);
}

function refused(from: string | undefined, to: string | undefined): Parameters<typeof changed>[2] {
  return {
    message: `clusterIP changes from ${from ?? 'an address of the cluster'} to ${to ?? 'an address of the cluster'}`,
    help: 'the API server refuses it ("may not change once set"): delete the Service and create it anew, or add a second Service and move its clients',
  };
}

/** `None` for a headless Service, undefined for an address that the cluster chooses. */
function primaryAddress({ headless, clusterIps }: Service): string | undefined {
  if (headless) return 'None';
  const written = clusterIps.at(0)?.value;
  const address = readIpAddress(written);
  return address === undefined ? written : formatAddress(address);
}
