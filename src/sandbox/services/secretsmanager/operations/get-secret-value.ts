import type {
  BatchGetSecretValueCommandInput,
  BatchGetSecretValueCommandOutput,
  GetSecretValueCommandInput,
  GetSecretValueCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { findLiveSecret } from '../find-secret.ts';
import { invalidRequest, valueMissing } from '../refusals.ts';
import { isEmpty } from '../secret-value.ts';
import { CURRENT, type SecretRow, secrets, type VersionRow } from '../state.ts';
import { matching } from './list-secrets.ts';

const DAY_MS = 24 * 60 * 60_000;

export function getSecretValue(input: GetSecretValueCommandInput, call: Call): Answer<GetSecretValueCommandOutput> {
  const row = findLiveSecret(input.SecretId, call);
  const version = wantedVersion(row, input);
  const today = Math.floor(call.world.clock.stamp() / DAY_MS) * DAY_MS;
  // Not written again on the same day: reading must not make the state grow.
  if (version.lastAccessed !== today)
    secrets.in(call).update(row.arn, (draft) => {
      draft.lastAccessed = today;
      draft.versions.find(({ id }) => id === version.id)!.lastAccessed = today;
    });
  return {
    ARN: row.arn,
    Name: row.name,
    VersionId: version.id,
    ...(version.string !== undefined && { SecretString: version.string }),
    ...(version.binary !== undefined && { SecretBinary: new Uint8Array(Buffer.from(version.binary, 'base64')) }),
    VersionStages: [...version.stages],
    CreatedDate: new Date(version.created),
  };
}

function wantedVersion({ versions }: SecretRow, { VersionId, VersionStage }: GetSecretValueCommandInput): VersionRow {
  if (VersionId === undefined) {
    const stage = VersionStage ?? CURRENT;
    const found = versions.find(({ stages }) => stages.includes(stage));
    if (!found || isEmpty(found)) throw valueMissing(`staging label: ${stage}`);
    return found;
  }
  const found = versions.find(({ id }) => id === VersionId);
  if (!found) throw valueMissing(`VersionId: ${VersionId}`);
  if (VersionStage !== undefined && !found.stages.includes(VersionStage))
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  if (isEmpty(found)) throw valueMissing(`VersionId: ${VersionId}`);
  return found;
}

export function batchGetSecretValue(
  { SecretIdList, Filters, MaxResults, NextToken }: BatchGetSecretValueCommandInput,
  call: Call,
): Answer<BatchGetSecretValueCommandOutput> {
  if ((SecretIdList === undefined) === (Filters === undefined))
    throw invalidRequest('Either SecretIdList or Filters must be provided, but not both.');
  const ids = SecretIdList ?? matching(secrets.in(call).values(), Filters ?? []).map(({ arn }) => arn);
  const { items, next } = page(ids, {
    size: MaxResults ?? 20,
    token: NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextTokenException', 'Invalid NextToken.');
    },
  });
  const answers = items.map((SecretId) => {
    try {
      return { value: getSecretValue({ SecretId }, call) };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return { error: { SecretId, ErrorCode: error.code, Message: error.message } };
    }
  });
  return {
    SecretValues: answers.flatMap(({ value }) => value ?? []),
    Errors: answers.flatMap(({ error }) => error ?? []),
    ...(next !== undefined && { NextToken: next }),
  };
}
