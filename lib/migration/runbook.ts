import type { ComponentFact } from './component-facts';
import type { Cluster } from './rehearsal/cluster';

/** A Kubernetes object, or a part of one that is merged into it, as plain JSON. */
export type Manifest = Readonly<Record<string, unknown>>;

/** A file of a stage, below its folder. */
export interface StageFile {
  readonly path: string;
  /** What stands in it as YAML; empty for a file that is none. */
  readonly documents: readonly Manifest[];
  /** The text of a file that is no YAML. */
  readonly text?: string;
}

/**
 * What a step is.
 * - `apply`: gives files of the stage to the cluster.
 * - `command`: anything else that changes something.
 * - `check`: looks, and nobody goes on before it shows what is expected.
 * - `wait`: the same for what comes by itself.
 */
export type StepKind = 'apply' | 'command' | 'check' | 'wait';

export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  /** For a shell, in this order, in the folder of the runbook. */
  readonly commands: readonly string[];
  /** What has to be seen before going on. */
  readonly expected: string | null;
}

/** How a stage is taken back, or why it cannot be. */
export type Undo =
  | { readonly kind: 'rollback'; readonly steps: readonly Step[] }
  | { readonly kind: 'nothing-changed' }
  | { readonly kind: 'irreversible'; readonly because: string };

/** What the people who use the cluster notice of a stage. */
export type Disruption = 'none' | 'control-plane' | 'traffic' | 'restart' | 'node-replacement' | 'address-change';

/** A part of a migration after which one can stop, look, and go on another day. */
export interface Stage {
  readonly id: string;
  /** `3-add-pools`: the folder of its files. */
  readonly folder: string;
  readonly title: string;
  readonly purpose: string;
  readonly disruption: Disruption;
  /** What the components do meanwhile, and where that is written. */
  readonly effects: readonly ComponentFact[];
  readonly files: readonly StageFile[];
  readonly steps: readonly Step[];
  readonly undo: Undo;
}

/** How long addresses of the old and of the new ranges are needed at the same time. */
export interface Coexistence {
  readonly ranges: readonly string[];
  /** The folders of the first and of the last stage of that time. */
  readonly from: string;
  readonly until: string;
  /** How long that is at most, as far as it can be known. */
  readonly duration: string;
}

/** The way from one network to another, stage by stage. */
export interface Runbook {
  readonly title: string;
  readonly summary: readonly string[];
  readonly coexistence: Coexistence | null;
  /** What no step can do for the reader. */
  readonly notes: readonly string[];
  readonly stages: readonly Stage[];
  /** The cluster that it was made for, as far as known; null in runbooks of earlier versions. */
  readonly cluster: Cluster | null;
}

/** A runbook as data, in its folder. The ending keeps `kubectl apply -R` away. */
export const RUNBOOK_FILE = 'runbook.netloom';

/** A stage before it has a number. */
export interface StageDraft extends Omit<Stage, 'folder' | 'steps' | 'undo'> {
  readonly steps: (folder: string) => readonly Step[];
  readonly undo: Undo | ((folder: string) => readonly Step[]);
}

export function numbered(drafts: readonly StageDraft[]): Stage[] {
  const digits = String(drafts.length).length;
  return drafts.map(({ steps, undo, ...stage }, index) => {
    const folder = `${String(index + 1).padStart(digits, '0')}-${stage.id}`;
    return {
      ...stage,
      folder,
      steps: steps(folder),
      undo: typeof undo === 'function' ? { kind: 'rollback', steps: undo(folder) } : undo,
    };
  });
}

export function apply(title: string, ...commands: string[]): Step {
  return { kind: 'apply', title, commands, expected: null };
}

export function command(title: string, ...commands: string[]): Step {
  return { kind: 'command', title, commands, expected: null };
}

export function check(title: string, expected: string, ...commands: string[]): Step {
  return { kind: 'check', title, commands, expected };
}

export function wait(title: string, expected: string, ...commands: string[]): Step {
  return { kind: 'wait', title, commands, expected };
}
