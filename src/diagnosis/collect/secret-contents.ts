import type { SecretShape } from '../../aws/secrets.ts';
import { type Look, look } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';

/** How a secret stands, without anything of its values. */
export interface SecretSeen {
  /** As it was asked for: its ARN. */
  arn: string;
  /** What people call it: `dev/app`. */
  name: string;
  described: Look<{ deletedAt?: Date; changedAt?: Date; hasValue: boolean }>;
  /** Absent: it has no current value, or cannot be read because it is on its way out. */
  shape: Look<SecretShape>;
}

/** Describes it, and asks which keys it has where there is a value: two calls. */
export async function secretContents(powers: LookPowers, arn: string): Promise<SecretSeen> {
  const name = secretName(arn);
  const { secrets } = powers.aws.in(arn.split(':')[3] || powers.aws.region);
  const described = await look(powers, { what: `secret ${name}`, call: 'secretsmanager:DescribeSecret' }, async () => {
    const answer = await secrets.describe(arn);
    if (!answer) return undefined;
    const { DeletedDate: deletedAt, LastChangedDate: changedAt, VersionIdsToStages = {} } = answer;
    return {
      hasValue: Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT')),
      ...(deletedAt ? { deletedAt } : {}),
      ...(changedAt ? { changedAt } : {}),
    };
  });
  const readable = described.state === 'unseen' || (described.state === 'found' && !described.value.deletedAt);
  const shape: Look<SecretShape> = readable
    ? await look(powers, { what: `the keys of secret ${name}`, call: 'secretsmanager:GetSecretValue' }, () =>
        secrets.shape(arn),
      )
    : { state: 'absent' };
  return { arn, name, described, shape };
}

/** Of an ARN the name, without the six characters that Secrets Manager adds to it. */
export const secretName = (arn: string): string =>
  (arn.startsWith('arn:') ? arn.split(':').slice(6).join(':') : arn).replace(/-[A-Za-z0-9]{6}$/, '');
