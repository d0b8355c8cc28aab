import type { Scope } from '../../kernel/scope.ts';
import { aliasMissing, keyDisabled, keyMissing, pendingDeletion, validation } from './faults.ts';
import { aliases, type KeyRow, keys } from './state.ts';

export const keyArn = ({ account, region }: Pick<Scope, 'account' | 'region'>, id: string): string =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

export const aliasArn = ({ account, region }: Pick<Scope, 'account' | 'region'>, name: string): string =>
  `arn:aws:kms:${region}:${account}:${name}`;

/** A key by its id, its ARN, an alias or an alias ARN; keys of other accounts by ARN. */
export function findKey(scope: Scope, reference: string | undefined): KeyRow {
  if (!reference)
    throw validation(
      "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
    );
  const [, region = scope.region, account = scope.account, local = reference] =
    /^arn:aws:kms:([^:]+):(\d{12}):(.+)$/.exec(reference) ?? [];
  const there: Scope = { world: scope.world, account, region };
  if (region !== scope.region) throw validation(`Invalid arn ${region}`);
  if (local.startsWith('alias/')) {
    const alias = aliases.in(there).get(local);
    const key = alias && keys.in(there).get(alias.keyId);
    if (!key) throw aliasMissing(aliasArn(there, local));
    return key;
  }
  const id = local.replace(/^key\//, '');
  const key = keys.in(there).get(id);
  if (!key) throw keyMissing(keyArn(there, id));
  return key;
}

/** For work that needs a key that works. */
export function usableKey(scope: Scope, reference: string | undefined): KeyRow {
  const key = findKey(scope, reference);
  if (key.state === 'Disabled') throw keyDisabled(key.arn);
  if (key.state === 'PendingDeletion') throw pendingDeletion(key.arn);
  return key;
}
