import type {
  DescribeSecretCommandInput,
  DescribeSecretCommandOutput,
  ListSecretVersionIdsCommandInput,
  ListSecretVersionIdsCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { findSecret } from '../find-secret.ts';
import { versionsToStages } from '../stages.ts';
import type { SecretRow } from '../state.ts';

/** What DescribeSecret and ListSecrets tell alike. */
export const described = (row: SecretRow) => ({
  ARN: row.arn,
  Name: row.name,
  ...(row.description !== undefined && row.description !== '' && { Description: row.description }),
  ...(row.kmsKeyId !== undefined && { KmsKeyId: row.kmsKeyId }),
  ...(row.rotation && {
    RotationEnabled: row.rotation.enabled,
    ...(row.rotation.lambdaArn !== undefined && { RotationLambdaARN: row.rotation.lambdaArn }),
    RotationRules: { ...row.rotation.rules },
  }),
  ...(row.lastRotated !== undefined && { LastRotatedDate: new Date(row.lastRotated) }),
  ...(row.nextRotation !== undefined && { NextRotationDate: new Date(row.nextRotation) }),
  LastChangedDate: new Date(row.changed),
  ...(row.lastAccessed !== undefined && { LastAccessedDate: new Date(row.lastAccessed) }),
  ...(row.deletion && { DeletedDate: new Date(row.deletion.asked) }),
  ...(row.tags && { Tags: row.tags.map((tag) => ({ ...tag })) }),
  ...(row.owningService !== undefined && { OwningService: row.owningService }),
  CreatedDate: new Date(row.created),
});

/** Also of a secret that waits for its deletion. */
export function describeSecret(
  { SecretId }: DescribeSecretCommandInput,
  call: Call,
): Answer<DescribeSecretCommandOutput> {
  const row = findSecret(SecretId, call);
  const stages = versionsToStages(row);
  return { ...described(row), ...(stages && { VersionIdsToStages: stages }) };
}

export function listSecretVersionIds(
  input: ListSecretVersionIdsCommandInput,
  call: Call,
): Answer<ListSecretVersionIdsCommandOutput> {
  const row = findSecret(input.SecretId, call);
  const versions = row.versions.filter(({ stages }) => input.IncludeDeprecated || stages.length > 0);
  const { items, next } = page(versions, {
    size: input.MaxResults ?? 100,
    token: input.NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextTokenException', 'Invalid NextToken.');
    },
  });
  return {
    ARN: row.arn,
    Name: row.name,
    Versions: items.map((version) => ({
      VersionId: version.id,
      ...(version.stages.length > 0 && { VersionStages: [...version.stages] }),
      ...(version.lastAccessed !== undefined && { LastAccessedDate: new Date(version.lastAccessed) }),
      CreatedDate: new Date(version.created),
      KmsKeyIds: [row.kmsKeyId ?? 'DefaultEncryptionKey'],
    })),
    ...(next !== undefined && { NextToken: next }),
  };
}
