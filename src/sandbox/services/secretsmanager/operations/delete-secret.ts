import type {
  DeleteSecretCommandInput,
  DeleteSecretCommandOutput,
  RestoreSecretCommandInput,
  RestoreSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { findSecret } from '../find-secret.ts';
import { invalidParameter, markedForDeletion } from '../refusals.ts';
import { type SecretRow, secrets } from '../state.ts';
import { randomEnd } from './create-secret.ts';

const DAY_MS = 24 * 60 * 60_000;
export const DELETION_DUE = 'secretsmanager.deletion-due';

export function deleteSecret(input: DeleteSecretCommandInput, call: Call): Answer<DeleteSecretCommandOutput> {
  const { ForceDeleteWithoutRecovery: force = false, RecoveryWindowInDays: days } = input;
  if (force && days !== undefined)
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  if (days !== undefined && (days < 7 || days > 30))
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');

  const now = call.world.clock.stamp();
  const row = force ? findOrNothing(input.SecretId, call) : findSecret(input.SecretId, call);
  if (!row) return unknownSecret(input.SecretId!, now, call);
  if (force) {
    if (row.deletion) call.world.cancel(row.deletion.timer);
    secrets.in(call).delete(row.arn);
    return { ARN: row.arn, Name: row.name, DeletionDate: new Date(now) };
  }
  if (row.deletion) throw markedForDeletion();

  const windowMs = (days ?? 30) * DAY_MS;
  const timer = call.world.schedule(call, {
    afterMs: windowMs,
    kind: DELETION_DUE,
    payload: { arn: row.arn },
    background: true,
  });
  secrets.in(call).update(row.arn, (draft) => {
    draft.deletion = { asked: now, due: now + windowMs, timer };
  });
  return { ARN: row.arn, Name: row.name, DeletionDate: new Date(now + windowMs) };
}

function findOrNothing(id: string | undefined, call: Call): SecretRow | undefined {
  try {
    return findSecret(id, call);
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Forcing the deletion of what is not there is no error (API reference, ForceDeleteWithoutRecovery). */
const unknownSecret = (id: string, now: number, { region, account }: Call): Answer<DeleteSecretCommandOutput> => ({
  ARN: id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}-${randomEnd()}`,
  Name: id,
  DeletionDate: new Date(now),
});

export function restoreSecret({ SecretId }: RestoreSecretCommandInput, call: Call): Answer<RestoreSecretCommandOutput> {
  const row = findSecret(SecretId, call);
  if (row.deletion) {
    call.world.cancel(row.deletion.timer);
    secrets.in(call).update(row.arn, (draft) => {
      delete draft.deletion;
    });
  }
  return { ARN: row.arn, Name: row.name };
}

/** The recovery window has passed. */
export function deletionDue({ arn }: { arn: string }, scope: Scope): void {
  if (secrets.in(scope).get(arn)?.deletion) secrets.in(scope).delete(arn);
}
