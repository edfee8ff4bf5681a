import type { Origin } from '../../finding/finding';
import type { KustomizeFiles } from './kustomization';
import type { RenderNode } from './node';
import { PatchError } from './strategic-merge';

/** What a file is to a kustomization. */
export type FileRole = 'kustomization' | 'resource' | 'part';

export interface RenderGap {
  readonly message: string;
  readonly origin: Origin;
  /** Whether `kustomize build` refuses it too. */
  readonly isRefused: boolean;
}

export interface RenderState {
  readonly files: KustomizeFiles;
  readonly roles: Map<string, FileRole>;
  readonly gaps: Map<string, RenderGap>;
  /** Directories that are being rendered: a kustomization cannot contain itself. */
  readonly under: readonly string[];
}

export function gap(state: RenderState, node: RenderNode, message: string, isRefused: boolean): void {
  const origin = node.place.locate(node.place.path);
  state.gaps.set(JSON.stringify([message, origin]), { message, origin, isRefused });
}

export function attempt(state: RenderState, node: RenderNode, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    gap(state, error.node ?? node, error.message, true);
  }
}
