import { randomInt } from 'node:crypto';
import type { CreateSecretCommandInput, CreateSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalidParameter, invalidRequest, requireToken, requireValid } from '../refusals.ts';
import { addVersion, checkValue, hasValue } from '../secret-value.ts';
import { CURRENT, secrets } from '../state.ts';
import { mergeTags } from '../tags.ts';

export function createSecret(input: CreateSecretCommandInput, call: Call): Answer<CreateSecretCommandOutput> {
  const { Name: name = '' } = input;
  const token = requireToken(input.ClientRequestToken);
  requireValid(
    ['name', input.Name, { required: true, length: [1, 512] }],
    ['description', input.Description, { length: [0, 2048] }],
  );
  // Recordings test_invalid_secret_name[*]
  if (!/^[A-Za-z0-9/_+=.@!-]+$/.test(name))
    throw new AwsFault(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  if (input.AddReplicaRegions?.length) throw invalidParameter('The sandbox does not simulate replicas of secrets.');
  checkValue(input);
  const tags = input.Tags && mergeTags([], input.Tags);

  const existing = secrets
    .in(call)
    .values()
    .find((row) => row.name === name);
  if (existing?.deletion)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (existing?.versions.some(({ id, string }) => id === token && string === input.SecretString))
    return { ARN: existing.arn, Name: name, VersionId: token };
  if (existing)
    throw new AwsFault('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);

  const arn = `arn:aws:secretsmanager:${call.region}:${call.account}:secret:${name}-${randomEnd()}`;
  const created = call.world.clock.stamp();
  const row = secrets.in(call).put(arn, {
    arn,
    name,
    created,
    changed: created,
    versions: [],
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.KmsKeyId !== undefined && { kmsKeyId: input.KmsKeyId }),
    ...(tags !== undefined && { tags }),
  });
  if (!hasValue(input)) return { ARN: arn, Name: name };
  addVersion(row, { id: token, value: input, stages: [CURRENT] }, call);
  return { ARN: arn, Name: name, VersionId: token };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** So that a new secret under an old name is not reached through the old ARN. */
export const randomEnd = (length = 6): string => Array.from({ length }, () => ALPHABET[randomInt(62)]).join('');
