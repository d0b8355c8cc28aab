import type { Scope } from '../../kernel/scope.ts';
import { markedForDeletion, requireValid, secretMissing } from './refusals.ts';
import { type SecretRow, secrets } from './state.ts';

/**
 * By name, ARN, or ARN without its random end. A partial ARN that happens to end like a random end (`-` and six
 * characters) is taken for a whole one and not found, as AWS warns (recording test_create_and_update_secret[Invalid/…]).
 * Throws ResourceNotFoundException.
 */
export function findSecret(id: string | undefined, scope: Scope): SecretRow {
  requireValid(['secretId', id, { required: true, length: [1, 2048] }]);
  const found = lookUp(id!, scope);
  if (!found) throw secretMissing();
  return found;
}

/** The same, but refuses a secret that waits for its deletion. */
export function findLiveSecret(id: string | undefined, scope: Scope): SecretRow {
  const row = findSecret(id, scope);
  if (row.deletion) throw markedForDeletion();
  return row;
}

function lookUp(id: string, scope: Scope): SecretRow | undefined {
  const table = secrets.in(scope);
  if (!id.startsWith('arn:')) return table.values().find(({ name }) => name === id);
  if (table.has(id) || /-[A-Za-z0-9]{6}$/.test(id)) return table.get(id);
  return table.values().find(({ arn }) => arn.slice(0, -'-123456'.length) === id);
}
