import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { type Incarnation, leftoversOf } from '../state.ts';
import { incarnationOf } from './incarnation.ts';

export interface LeftBehind extends Incarnation {
  logicalId: string;
  type: string;
}

/** Puts a physical resource aside for the cleanup phase; one that was never made is nothing. */
export function leaveBehind(
  scope: Scope,
  stackId: string,
  resource: LeftBehind,
  { keep = false, snapshot = false, removed = false }: { keep?: boolean; snapshot?: boolean; removed?: boolean } = {},
): void {
  if (resource.physicalId === undefined) return;
  const id = randomUUID();
  leftoversOf(scope, stackId).put(id, {
    ...incarnationOf(resource),
    id,
    logicalId: resource.logicalId,
    type: resource.type,
    keep,
    snapshot,
    removed,
    attempts: 0,
    state: 'waiting',
  });
}
