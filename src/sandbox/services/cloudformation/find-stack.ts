import type { Scope } from '../../kernel/scope.ts';
import { type StackRow, stackNames, stacks } from './state.ts';

/** The living stack of a name, or any stack, deleted ones too, by its ARN. */
export function findStack(scope: Scope, nameOrId: string): StackRow | undefined {
  const id = nameOrId.startsWith('arn:') ? nameOrId : stackNames.in(scope).get(nameOrId);
  return id === undefined ? undefined : stacks.in(scope).get(id);
}

/** Refuses with the fault that the operation uses for it. */
export function stackOr(scope: Scope, nameOrId: string, fault: (name: string) => Error): StackRow {
  const stack = findStack(scope, nameOrId);
  if (!stack) throw fault(nameOrId);
  return stack;
}

/** A name is forgotten when its stack is gone; other operations do not know deleted stacks at all. */
export function livingStackOr(scope: Scope, nameOrId: string, fault: (name: string) => Error): StackRow {
  const stack = stackOr(scope, nameOrId, fault);
  if (stack.status === 'DELETE_COMPLETE') throw fault(nameOrId);
  return stack;
}
