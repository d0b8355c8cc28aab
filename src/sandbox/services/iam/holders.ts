import type { Call } from '../../kernel/scope.ts';
import type { Table } from '../../kernel/store.ts';
import { noSuchEntity, protectedRole } from './refusals.ts';
import { groups, keyOf, type PolicyHolder, roles, users } from './state.ts';

export type HolderKind = 'role' | 'user' | 'group';

export const tableOf = (kind: HolderKind, call: Call): Table<PolicyHolder> =>
  (kind === 'role' ? roles.in(call) : kind === 'user' ? users.in(call) : groups.in(call)) as Table<PolicyHolder>;

/** The role, user or group of that name; throws NoSuchEntity as IAM words it for each. */
export function holder(kind: HolderKind, name: string | undefined, call: Call): PolicyHolder {
  const found = tableOf(kind, call).get(keyOf(name ?? ''));
  if (!found) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return found;
}

export function updateHolder(
  kind: HolderKind,
  name: string,
  call: Call,
  change: (draft: PolicyHolder) => void,
): PolicyHolder {
  if (kind === 'role' && roles.in(call).get(keyOf(name))?.linkedService) throw protectedRole(name);
  return tableOf(kind, call).update(keyOf(name), change);
}
