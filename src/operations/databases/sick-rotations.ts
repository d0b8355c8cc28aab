import type { DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { Evidence } from '../../diagnosis/cause.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { rotationName } from '../../release/rotation-functions.ts';
import type { FoundDatabase } from './find-databases.ts';

export interface SickRotation {
  database: string;
  detail: string;
  evidence: Evidence;
  remedy: string;
}

export interface Rotations {
  /** Databases whose password is to be rotated. */
  looked: string[];
  sick: SickRotation[];
}

const DAY_MS = 24 * 60 * 60_000;
/** A rotation of ours takes seconds. */
const UNDER_WAY_MS = 15 * 60_000;
const CALL = 'secretsmanager:DescribeSecret';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment'>;

/** Rotations that are off, that were begun and not finished, or that are long due. */
export async function sickRotations(session: Powers, databases: readonly FoundDatabase[]): Promise<Rotations> {
  const { aws, environment } = session;
  const rotated = databases.filter(({ name }) => environment.blocks.databases[name]?.rotationDays !== undefined);
  const sick = await Promise.all(
    rotated.map(async ({ name, outputs: told }): Promise<SickRotation[]> => {
      const arn = told[outputs.data.databaseSecretArn(name)];
      const secret = arn === undefined ? undefined : await aws.secrets.describe(arn);
      // That it is missing is what the check of secrets tells.
      return secret && !secret.DeletedDate ? judge(session, name, secret) : [];
    }),
  );
  return { looked: rotated.map(({ name }) => name), sick: sick.flat() };
}

function judge({ clock, environment }: Powers, name: string, secret: DescribeSecretCommandOutput): SickRotation[] {
  const flags = environmentFlags(environment);
  const found = (detail: string, evidence: Evidence, remedy: string) => [{ database: name, detail, evidence, remedy }];
  if (!secret.RotationEnabled)
    return found(
      'its password is not rotated: the secret has no schedule',
      evidenceOf(CALL, 'RotationEnabled', secret.RotationEnabled ?? null),
      `platform deploy ${flags} makes it`,
    );
  const now = clock.now();
  const pending = Object.entries(secret.VersionIdsToStages ?? {}).find(
    ([, stages]) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT'),
  );
  const why = `platform logs ${rotationName(name, environment.blocks)} ${flags} shows why`;
  const changedAt = secret.LastChangedDate?.getTime() ?? 0;
  if (pending && now - changedAt > UNDER_WAY_MS)
    return found(
      `a rotation of its password was begun at ${new Date(changedAt).toISOString()} and not finished: the password is the old one, or none opens it`,
      evidenceOf(CALL, `VersionIdsToStages ${pending[0]}`, pending[1].join(', ')),
      `${why}; Secrets Manager tries again by itself. platform db test ${name} ${flags} shows whether the current one opens it`,
    );
  const due = secret.NextRotationDate?.getTime();
  // AWS chooses an hour of that day itself.
  if (due !== undefined && now - due > 2 * DAY_MS)
    return found(
      `its password was to be rotated until ${new Date(due).toISOString()} and was not`,
      evidenceOf(CALL, 'NextRotationDate', new Date(due).toISOString()),
      why,
    );
  return [];
}
