import type { Call } from '../../kernel/scope.ts';
import { type HolderKind, tableOf } from './holders.ts';
import type { PolicyHolder } from './state.ts';

const KINDS: readonly HolderKind[] = ['role', 'user', 'group'];

/** Who has a managed policy attached, by kind. */
export const attachedTo = (arn: string, kind: HolderKind, call: Call): PolicyHolder[] =>
  tableOf(kind, call)
    .values()
    .filter(({ attached }) => attached.includes(arn));

export const attachmentCount = (arn: string, call: Call): number =>
  KINDS.reduce((count, kind) => count + attachedTo(arn, kind, call).length, 0);

export const boundaryCount = (arn: string, call: Call): number =>
  KINDS.reduce(
    (count, kind) =>
      count +
      tableOf(kind, call)
        .values()
        .filter(({ boundary }) => boundary === arn).length,
    0,
  );
