import { randomUUID } from 'node:crypto';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { followerName, rotationName } from '../../release/rotation-functions.ts';
import { audit } from '../audit.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { waitFor } from '../wait-for.ts';
import { databaseAccess } from './database-access.ts';

/** The contract of `db rotate --json`. */
export interface RotateOutcome {
  environment: string;
  database: string;
  /** Id of the secret's version with the new password; null on a dry run. */
  version: string | null;
  dryRun: boolean;
}

/** Four steps of a function in the VPC, which may have to wake a database that pauses. */
const FOR_MS = 5 * 60_000;

/**
 * Has Secrets Manager rotate a password now, watches until the new one is current, and asks what brings it to URL and
 * services, which would otherwise wait for CloudTrail to tell or for its own next look.
 */
export async function rotatePassword(session: Session, name: string): Promise<RotateOutcome> {
  const { aws, clock, environment, flags, prompter, reporter, signal, target } = session;
  const here = environmentFlags(environment);
  const lock = await lazyLock(session, { command: 'db rotate' });
  const access = await databaseAccess(session, name);
  const { secrets, lambda } = aws.in(access.region);
  const secret = await secrets.describe(access.secretId);
  if (!secret?.RotationEnabled) throw notRotated(name, here);
  const held = Object.values(secret.VersionIdsToStages ?? {}).some(
    (stages) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT'),
  );
  const why = `platform logs ${rotationName(name, environment.blocks)} ${here} shows why`;
  if (held) throw underWay(name, why);
  const common = { environment: environment.name, database: name, dryRun: flags.dryRun };
  await prompter.ask({
    text: `Give the user of databases.${name} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}) another password now? Services that hold it get fresh tasks, and new connections of the old ones are refused until then`,
  });
  if (flags.dryRun) return { ...common, version: null };
  try {
    await lock.take();
    await audit(session, { event: 'password-rotated', thing: `databases.${name}` });
    const version = randomUUID();
    await secrets.rotate(access.secretId, version);
    const done = await reporter.step(`Rotating the password of databases.${name}`, () =>
      waitFor({ clock, everyMs: target.pollMs, forMs: FOR_MS, signal }, async () => {
        const stages = (await secrets.describe(access.secretId))?.VersionIdsToStages?.[version];
        return stages?.includes('AWSCURRENT') || undefined;
      }),
    );
    if (!done) throw unfinished(name, why);
    const { outputsOf } = await deployed(session);
    const follower = followerName(name, environment.blocks);
    const fn = deployedFunctions(outputsOf, []).find((one) => one.name === follower);
    if (fn) await lambda.start(fn.functionName, {});
    return { ...common, version };
  } finally {
    await lock.release();
  }
}

const notRotated = (name: string, flags: string) =>
  new PlatformError({
    id: 'rotation-off',
    kind: 'usage',
    message: `The password of databases.${name} is not rotated: its secret has no schedule`,
    remedy: `write databases.${name}.rotationDays, then platform deploy ${flags}`,
  });

const underWay = (name: string, why: string) =>
  new PlatformError({
    id: 'rotation-under-way',
    kind: 'failed',
    message: `A rotation of the password of databases.${name} was begun and is not finished`,
    remedy: `Secrets Manager goes on with it by itself; ${why}`,
  });

const unfinished = (name: string, why: string) =>
  new PlatformError({
    id: 'rotation-unfinished',
    kind: 'failed',
    message: `The new password of databases.${name} is not the current one after five minutes`,
    remedy: `${why}; Secrets Manager tries again by itself`,
  });
