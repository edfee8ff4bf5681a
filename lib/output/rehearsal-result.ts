import type { Finding } from '../finding/finding';

/** A stage as it was rehearsed, for printing. */
export interface PrintedStage {
  readonly folder: string;
  readonly title: string;
  readonly findings: readonly Finding[];
  /** The flags that `kubeadm upgrade` would write otherwise. */
  readonly upgrade: readonly string[];
}

export interface PrintedRunbook {
  readonly name: string;
  readonly title: string;
  readonly stages: readonly PrintedStage[];
  /** What is wrong before anything is done. */
  readonly before: readonly Finding[];
}

export interface RehearsalResult {
  readonly runbooks: readonly PrintedRunbook[];
  /** What reading found. */
  readonly findings: readonly Finding[];
}

/** All findings of runbooks, in the order of their stages. */
export function rehearsalFindings({ runbooks }: RehearsalResult): Finding[] {
  return runbooks.flatMap(({ stages }) => stages.flatMap(({ findings }) => findings));
}
