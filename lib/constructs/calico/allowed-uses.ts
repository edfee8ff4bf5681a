import type { Problem } from '../../finding/problem';
import { emptyListProblems } from '../objects/prop-problems';

export function allowedUsesProblems(prop: string, allowedUses: readonly unknown[] | undefined): Problem[] {
  return emptyListProblems(prop, allowedUses, {
    meaning: 'which Calico takes for Workload and Tunnel',
    help: 'leave it out if that is meant; disabled: true gives addresses to nothing',
  });
}
