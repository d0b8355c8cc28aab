import type {
  UpdateSecretVersionStageCommandInput,
  UpdateSecretVersionStageCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { findLiveSecret } from '../find-secret.ts';
import { invalidParameter, valueMissing } from '../refusals.ts';
import { putStages, removeStage } from '../stages.ts';
import { CURRENT, secrets } from '../state.ts';

/** Moves a staging label, or takes it away when no version is named to move it to. */
export function updateSecretVersionStage(
  input: UpdateSecretVersionStageCommandInput,
  call: Call,
): Answer<UpdateSecretVersionStageCommandOutput> {
  const { VersionStage: stage = '', RemoveFromVersionId: from, MoveToVersionId: to } = input;
  const row = findLiveSecret(input.SecretId, call);
  for (const id of [from, to])
    if (id !== undefined && !row.versions.some((version) => version.id === id)) throw valueMissing(`VersionId: ${id}`);

  const holder = row.versions.find(({ stages }) => stages.includes(stage));
  if (holder && from === undefined && holder.id !== to)
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  if (from !== undefined && holder?.id !== from)
    throw invalidParameter(`Staging label ${stage} is not currently attached to version ${from}.`);
  if (stage === CURRENT && to === undefined)
    throw invalidParameter(
      'You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.',
    );

  secrets.in(call).update(row.arn, (draft) => {
    if (to !== undefined) putStages(draft, to, [stage]);
    else removeStage(draft.versions.find(({ id }) => id === from)!, stage);
    draft.changed = call.world.clock.stamp();
  });
  return { ARN: row.arn, Name: row.name };
}
