import type {
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  UpdateSecretCommandInput,
  UpdateSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { findLiveSecret } from '../find-secret.ts';
import { invalidRequest, requireToken, requireValid } from '../refusals.ts';
import { addVersion, checkValue, hasValue } from '../secret-value.ts';
import { CURRENT, secrets } from '../state.ts';

export function putSecretValue(input: PutSecretValueCommandInput, call: Call): Answer<PutSecretValueCommandOutput> {
  const id = requireToken(input.ClientRequestToken);
  requireValid(['versionStages', input.VersionStages, { length: [1, 20] }]);
  if (!hasValue(input)) throw invalidRequest('You must provide either SecretString or SecretBinary.');
  checkValue(input);
  const stages = [...new Set(input.VersionStages ?? [CURRENT])].sort();
  const row = addVersion(findLiveSecret(input.SecretId, call), { id, value: input, stages }, call);
  return { ARN: row.arn, Name: row.name, VersionId: id, VersionStages: stages };
}

/** Description and key; with a value also a new current version. */
export function updateSecret(input: UpdateSecretCommandInput, call: Call): Answer<UpdateSecretCommandOutput> {
  const id = requireToken(input.ClientRequestToken);
  requireValid(['description', input.Description, { length: [0, 2048] }]);
  checkValue(input);
  const found = findLiveSecret(input.SecretId, call);
  const row = secrets.in(call).update(found.arn, (draft) => {
    if (input.Description !== undefined) draft.description = input.Description;
    if (input.KmsKeyId !== undefined) draft.kmsKeyId = input.KmsKeyId;
    draft.changed = call.world.clock.stamp();
  });
  if (!hasValue(input)) return { ARN: row.arn, Name: row.name };
  addVersion(row, { id, value: input, stages: [CURRENT] }, call);
  return { ARN: row.arn, Name: row.name, VersionId: id };
}
