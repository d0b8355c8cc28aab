import type { Synthesis } from '../cdk/cdk.ts';
import type { Session } from '../context.ts';

export interface FoundSecrets {
  /** Full ARN by secret name. */
  arns: Record<string, string>;
  /** Secrets that stacks refer to and that are not there, or are scheduled for deletion (F-90, F-91). */
  absent: { name: string; deleted: boolean }[];
  /** Values of shared infrastructure by the name of their SSM parameter. */
  shared: Record<string, string>;
}

/** Looks up what the stacks take from Secrets Manager and from the provider of shared infrastructure. */
export async function findSecrets({ aws }: Pick<Session, 'aws'>, { stacks }: Synthesis): Promise<FoundSecrets> {
  const sources = stacks.flatMap(({ parameters }) => Object.values(parameters));
  const names = new Set(sources.flatMap((source) => (source.from === 'secret' ? [source.secretName] : [])));
  const parameters = new Set(sources.flatMap((source) => (source.from === 'shared' ? [source.parameter] : [])));
  const found: FoundSecrets = { arns: {}, absent: [], shared: {} };
  await Promise.all([
    ...[...names].map(async (name) => {
      const secret = await aws.secrets.describe(name);
      if (secret && !secret.DeletedDate) found.arns[name] = secret.ARN!;
      else found.absent.push({ name, deleted: secret !== undefined });
    }),
    ...[...parameters].map(async (name) => {
      const value = await aws.ssm.parameter(name);
      if (value !== undefined) found.shared[name] = value;
    }),
  ]);
  return found;
}
