import type { Scope } from '../../kernel/scope.ts';
import { invalid, noChangeSet, noStack } from './faults.ts';
import { stackOr } from './find-stack.ts';
import { type ChangeSetRow, changeSets } from './state.ts';

export interface ChangeSetAddress {
  ChangeSetName?: string | undefined;
  StackName?: string | undefined;
}

/** A change set by its ARN, or by its name and its stack; the latest, where a name was used again. */
export function changeSetOr(scope: Scope, { ChangeSetName = '', StackName }: ChangeSetAddress): ChangeSetRow {
  if (ChangeSetName.startsWith('arn:')) {
    const row = changeSets.in(scope).get(ChangeSetName);
    if (!row) throw noChangeSet(ChangeSetName);
    return row;
  }
  if (StackName === undefined)
    throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const stack = stackOr(scope, StackName, noStack);
  const row = changeSets
    .in(scope)
    .values()
    .filter(({ stackId, name }) => stackId === stack.id && name === ChangeSetName)
    .at(-1);
  if (!row) throw noChangeSet(ChangeSetName);
  return row;
}
