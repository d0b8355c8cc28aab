import type { Scope } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { exported, type OutputRow, type StackRow, stacks } from '../state.ts';

/** Names of the living stacks that import an export. */
export function importersOf(scope: Scope, name: string): string[] {
  return stacks
    .in(scope)
    .values()
    .filter(({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.includes(name))
    .map((stack) => stack.name);
}

/** Makes a stack's exports those of these outputs. Refuses names that others have, and changes to what others use. */
export function publishExports(scope: Scope, { id }: StackRow, outputs: readonly OutputRow[]): void {
  const rows = exported.in(scope);
  const wanted = new Map(outputs.flatMap(({ exportName, value }) => (exportName ? [[exportName, value]] : [])));
  for (const [name] of wanted) {
    const other = rows.get(name);
    if (other && other.stackId !== id)
      throw invalid(
        `Export with name ${name} is already exported by stack ${stacks.in(scope).get(other.stackId)?.name}`,
      );
  }
  for (const { name, value } of rows.values().filter(({ stackId }) => stackId === id)) {
    const users = importersOf(scope, name);
    const now = wanted.get(name);
    if (users.length > 0 && now === undefined) throw deleteCanceled(name, users);
    if (users.length > 0 && now !== value)
      throw invalid(`Cannot update export ${name} as it is in use by ${users.join(' and ')}`);
    if (now === undefined) rows.delete(name);
  }
  for (const [name, value] of wanted) rows.put(name, { name, value, stackId: id });
}

/** Recorded by many: an update that drops an export, and the deletion of its stack, are cancelled with this. */
export const deleteCanceled = (name: string, users: readonly string[]) =>
  invalid(`Delete canceled. Cannot delete export ${name} as it is in use by ${users.join(' and ')}.`);

/** Why a stack cannot go: somebody uses one of its exports. */
export function exportInUse(scope: Scope, { outputs }: StackRow): string | undefined {
  for (const { exportName } of outputs) {
    const users = exportName === undefined ? [] : importersOf(scope, exportName);
    if (exportName !== undefined && users.length > 0) return deleteCanceled(exportName, users).message;
  }
  return undefined;
}

export function dropExports(scope: Scope, stackId: string): void {
  const rows = exported.in(scope);
  for (const row of rows.values()) if (row.stackId === stackId) rows.delete(row.name);
}
