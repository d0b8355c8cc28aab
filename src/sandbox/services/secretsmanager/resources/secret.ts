import { randomUUID } from 'node:crypto';
import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createSecret, randomEnd } from '../operations/create-secret.ts';
import { deleteSecret } from '../operations/delete-secret.ts';
import { updateSecret } from '../operations/put-secret-value.ts';
import { type PasswordOptions, randomPassword } from '../random-password.ts';
import { secrets } from '../state.ts';
import { joinTags } from '../tags.ts';

export const secret: ResourceProvider = {
  create(properties, { call, logicalId, tags }) {
    if (properties.GenerateSecretString !== undefined && properties.SecretString !== undefined)
      return {
        status: 'failed',
        code: 'InvalidRequest',
        reason: "You can't specify both SecretString and GenerateSecretString.",
      };
    const { ARN } = createSecret(
      {
        // Secrets are named without their stack: `<logical id>-<12 characters>`.
        Name: properties.Name ?? `${logicalId}-${randomEnd(12)}`,
        ClientRequestToken: randomUUID(),
        Description: properties.Description,
        KmsKeyId: properties.KmsKeyId,
        SecretString: secretValue(properties),
        ...(properties.ReplicaRegions?.length > 0 && { AddReplicaRegions: properties.ReplicaRegions }),
        ...(properties.Tags?.length > 0 && { Tags: properties.Tags }),
      },
      call,
    );
    secrets.in(call).update(ARN!, (draft) => {
      draft.tags = joinTags(tags, properties.Tags ?? []);
    });
    return { status: 'done', physicalId: ARN! };
  },

  update({ before, after, physicalId }, { call, tags }) {
    const isSameValue =
      before.SecretString === after.SecretString &&
      JSON.stringify(before.GenerateSecretString) === JSON.stringify(after.GenerateSecretString);
    updateSecret(
      {
        SecretId: physicalId,
        ClientRequestToken: randomUUID(),
        Description: after.Description ?? '',
        KmsKeyId: after.KmsKeyId,
        SecretString: isSameValue ? undefined : secretValue(after),
      },
      call,
    );
    secrets.in(call).update(physicalId, (draft) => {
      draft.tags = joinTags(tags, after.Tags ?? []);
    });
    return { status: 'done', physicalId };
  },

  /** At once and for good: a stack can be made again under the same names (recording test_cfn_handle_secretsmanager_secret). */
  delete(_properties, physicalId, { call }) {
    deleteSecret({ SecretId: physicalId, ForceDeleteWithoutRecovery: true }, call);
    return { status: 'done', physicalId };
  },

  read(arn, _properties, { call }) {
    const row = secrets.in(call).get(arn);
    // A secret that waits for its deletion is gone for CloudFormation.
    if (!row || row.deletion) return undefined;
    return {
      Id: row.arn,
      Name: row.name,
      ...(row.description !== undefined && { Description: row.description }),
      ...(row.kmsKeyId !== undefined && { KmsKeyId: row.kmsKeyId }),
      Tags: (row.tags ?? []).map((tag) => ({ ...tag })),
    };
  },
};

/** A secret without a value of its own gets a generated one, as does `GenerateSecretString: {}`. */
function secretValue({ SecretString, GenerateSecretString }: Properties): string | undefined {
  if (SecretString !== undefined) return SecretString;
  if (GenerateSecretString === undefined) return undefined;
  const { SecretStringTemplate, GenerateStringKey, ...options } = GenerateSecretString;
  const password = randomPassword(typed(options));
  if (GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate ?? '{}'), [GenerateStringKey]: password });
}

/** Templates may hold numbers and booleans as text. */
const typed = (options: Properties): PasswordOptions =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      key === 'PasswordLength' ? Number(value) : key === 'ExcludeCharacters' ? value : String(value) === 'true',
    ]),
  );
