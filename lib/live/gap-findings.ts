import { finding, type Finding } from '../finding/finding';
import { NOT_PERMITTED, NOT_READ } from './rules';
import type { Gap } from './snapshot';

/** What is missing, said once for each resource. */
export function gapFindings(gaps: readonly Gap[], cluster: string): readonly Finding[] {
  return gaps.map(({ resource, kind, refused, because, namespaces }) => {
    const origin = { file: cluster, line: null, column: null, construct: null };
    const where = namespaces === undefined ? '' : ` in ${namespacesText(namespaces)}`;
    if (refused !== 'permission') {
      return finding(NOT_READ, {
        message: `${resource} could not be read${where}: ${because}: answers about ${kind} are missing`,
        help: 'run it again; if it stays so, kubectl get with -v=8 shows what the API server answers',
        origin,
      });
    }
    return finding(NOT_PERMITTED, {
      message: `no permission to list ${resource}${where}: answers about ${kind} are missing`,
      help: `give this account the right to list them; docs/live.md has a ClusterRole with all that is read`,
      origin,
    });
  });
}

const NAMED = 5;

function namespacesText(namespaces: readonly string[]): string {
  if (namespaces.length === 1) return `the namespace ${namespaces[0]}`;
  const named = namespaces.slice(0, NAMED).join(', ');
  return `${namespaces.length} namespaces (${named}${namespaces.length > NAMED ? ', …' : ''})`;
}
