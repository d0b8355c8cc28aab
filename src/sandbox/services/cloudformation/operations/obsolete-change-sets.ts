import type { Scope } from '../../../kernel/scope.ts';
import { changeSets } from '../state.ts';

/** Change sets of a stack that has become another one can no longer be executed. */
export function obsoleteChangeSets(scope: Scope, stackId: string, except?: string): void {
  const rows = changeSets.in(scope);
  for (const row of rows.values())
    if (row.stackId === stackId && row.id !== except && row.executionStatus === 'AVAILABLE')
      rows.update(row.id, (draft) => {
        draft.executionStatus = 'OBSOLETE';
      });
}
