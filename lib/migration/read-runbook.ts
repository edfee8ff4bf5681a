import { at, list, member, record, text } from '../model';
import { readCluster } from './rehearsal/read-cluster';
import type { Disruption, Manifest, Runbook, Stage, StageFile, Step, StepKind, Undo } from './runbook';

const KINDS: readonly string[] = ['apply', 'command', 'check', 'wait'];

/** A runbook as it was written, of this version or an earlier one; null for what is none. `contents` are the documents of a file of a stage. */
export function readRunbook(data: unknown, contents: (path: string) => readonly unknown[]): Runbook | null {
  const stages = member(data, 'stages');
  const title = text(member(data, 'title'));
  if (title === undefined || !Array.isArray(stages) || stages.length === 0) return null;
  const read = list(stages).map((stage) => readStage(stage, contents));
  if (read.some((stage) => stage === null)) return null;
  return {
    title,
    summary: [],
    coexistence: null,
    notes: [],
    stages: read.filter((stage) => stage !== null),
    cluster: readCluster(member(data, 'cluster')),
  };
}

function readStage(stage: unknown, contents: (path: string) => readonly unknown[]): Stage | null {
  const folder = text(member(stage, 'folder'));
  const steps = list(member(stage, 'steps'));
  if (folder === undefined) return null;
  const files = list(member(stage, 'files')).flatMap((path): StageFile[] =>
    typeof path === 'string'
      ? [{ path, documents: contents(`${folder}/${path}`).flatMap((document) => manifest(document)) }]
      : [],
  );
  return {
    id: text(member(stage, 'id')) ?? folder,
    folder,
    title: text(member(stage, 'title')) ?? '',
    purpose: text(member(stage, 'purpose')) ?? '',
    disruption: (text(member(stage, 'disruption')) ?? 'none') as Disruption,
    effects: [],
    files,
    steps: steps.map(readStep),
    undo: readUndo(member(stage, 'undo')),
  };
}

/** A JSON patch is a list, which no manifest is. */
function manifest(document: unknown): Manifest[] {
  const object = record(document);
  return object === undefined ? [] : [object];
}

function readStep(step: unknown): Step {
  const kind = text(member(step, 'kind')) ?? '';
  return {
    kind: KINDS.includes(kind) ? (kind as StepKind) : 'command',
    title: text(member(step, 'title')) ?? '',
    commands: list(member(step, 'commands')).filter((line) => typeof line === 'string'),
    expected: text(member(step, 'expected')) ?? null,
  };
}

function readUndo(undo: unknown): Undo {
  switch (text(member(undo, 'kind')) ?? '') {
    case 'rollback':
      return { kind: 'rollback', steps: list(at(undo, 'steps')).map(readStep) };
    case 'nothing-changed':
      return { kind: 'nothing-changed' };
    default:
      return { kind: 'irreversible', because: text(member(undo, 'because')) ?? '' };
  }
}
