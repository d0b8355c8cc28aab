import { API_LOG_ROLE } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { accountStack } from '../ci/account-stack.ts';
import { bringLogRole } from '../ci/bring-log-role.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { waitFor } from '../wait-for.ts';

const KNOWN_MS = 120_000;
/** UpdateAccount may be asked for once in 20 seconds: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const EVERY_MS = 20_000;

/** What is missing for an environment's APIs to write logs; part of the contract of `diff --json`. */
export interface MissingLogRole {
  role: string;
  /** Where it is going to be made; null: it is there, and API Gateway of this region is not told of it. */
  stack: string | null;
  /** ARN of a role that API Gateway is told of and that is gone; null: it is told of none. */
  gone: string | null;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** HTTP APIs write by themselves. */
export const writesApiLogs = ({ blocks }: Session['environment']): boolean =>
  Object.values(blocks.apis).some(
    ({ kind, logging }) => kind === 'rest' && (logging.access || logging.level !== 'off'),
  );

/** Whether a REST API is to write logs where API Gateway has no role for it (F-122). Only looks. */
export async function missingLogRole({ aws, environment, target }: Powers): Promise<MissingLogRole | undefined> {
  if (!writesApiLogs(environment)) return undefined;
  const given = await aws.apiGateway.logRole();
  if (given !== undefined && (await isThere(aws, given))) return undefined;
  const made = await aws.iam.role(API_LOG_ROLE);
  const stack = made ? null : accountStack({ environment, target }).stackName;
  return { role: API_LOG_ROLE, stack, gone: given ?? null };
}

/** A role that somebody else gave it stays, whatever it is called; one that is gone is none. */
async function isThere({ iam }: Pick<Session['aws'], 'iam'>, arn: string): Promise<boolean> {
  try {
    return (await iam.role(arn.split('/').at(-1)!)) !== undefined;
  } catch (error) {
    // Whoever may not look at it must not put another in its place.
    if (error instanceof PlatformError && error.id === 'aws-access-denied') return true;
    throw error;
  }
}

export const missingLogRoleText = ({ role, stack }: MissingLogRole, { target }: Pick<Session, 'target'>): string =>
  `${stack ? `make the role ${role} in stack ${stack}` : `take the role ${role}`}, with which API Gateway of account ${target.account}, ${target.region} writes logs`;

/**
 * A stage that logs is refused in an account and region whose API Gateway has no role for it (F-122). Has it made after
 * a yes, once per account, and told to API Gateway of the region.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export async function ensureApiLogRole(session: Session, lock: Pick<EnvironmentLock, 'take'>): Promise<void> {
  const missing = await missingLogRole(session);
  if (!missing) return;
  const { aws, clock, flags, prompter, reporter, signal, target } = session;
  const where = `account ${target.account}, ${target.region}`;
  if (flags.dryRun) {
    reporter.note(`would ${missingLogRoleText(missing, session)}`);
    return;
  }
  const { role, stack } = missing;
  await prompter.ask({
    text: `API Gateway may not write logs in ${where} yet (F-122). ${
      stack ? `Make the role ${role} in stack ${stack}` : `Have it take the role ${role}`
    } for all APIs there?`,
  });
  await lock.take();
  const arn = await bringLogRole(session);
  const everyMs = target.sandbox ? target.pollMs : EVERY_MS;
  const known = await reporter.step('Giving API Gateway its role for logs', () =>
    waitFor({ clock, everyMs, forMs: KNOWN_MS, signal }, async () => {
      // Somebody else may have given it one meanwhile, and there is no way to say "only if there is none".
      const given = await missingLogRole(session);
      return given === undefined || (await aws.apiGateway.setLogRole(arn)) ? true : undefined;
    }),
  );
  if (!known) throw notTaken(arn, where);
}

/** The same by itself, under the lock of the environment. */
export async function giveApiLogRole(session: Session): Promise<void> {
  const lock = await lazyLock(session, { command: 'doctor --fix' });
  try {
    await ensureApiLogRole(session, lock);
  } finally {
    await lock.release();
  }
}

const notTaken = (arn: string, where: string) =>
  new PlatformError({
    id: 'api-log-role',
    kind: 'failed',
    message: `API Gateway of ${where} does not take the role ${arn}: it has to trust apigateway.amazonaws.com and to allow writing logs`,
    remedy: `look at the role in IAM, delete it if it is of no other use, and deploy again to have it made`,
  });
