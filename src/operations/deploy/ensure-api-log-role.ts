import { boundaryArn } from '../../../infra/boundary-arn.ts';
import type { AppSettings } from '../../../infra/settings.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { EnvironmentLock } from '../locks/hold-lock.ts';
import { waitFor } from '../wait-for.ts';

/** One for all APIs of an account: a stack that made it would take it away from the others when it goes. */
export const API_LOG_ROLE = 'platform-api-gateway-logs';
const POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';
const KNOWN_MS = 60_000;

/** HTTP APIs write by themselves. */
const needsRole = ({ apis }: AppSettings): boolean =>
  Object.values(apis).some(({ kind, logging }) => kind === 'rest' && (logging.access || logging.level !== 'OFF'));

/** Whether a REST API is to write logs where API Gateway has no role for it (F-122). Only looks. */
export async function lacksLogRole({ aws }: Pick<Session, 'aws'>, settings: AppSettings): Promise<boolean> {
  if (!needsRole(settings)) return false;
  const given = await aws.apiGateway.logRole();
  return given === undefined || (await aws.iam.role(given.split('/').at(-1)!)) === undefined;
}

/**
 * A stage that logs is refused in an account and region whose API Gateway has no role for it (F-122). Makes the role after
 * a yes, once; a role that somebody else gave it stays. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export async function ensureApiLogRole(
  session: Session,
  { settings }: { settings: AppSettings },
  lock: EnvironmentLock,
): Promise<void> {
  if (!(await lacksLogRole(session, settings))) return;
  const { aws, clock, flags, prompter, reporter, signal, target } = session;
  const where = `account ${target.account}, ${target.region}`;
  if (flags.dryRun) {
    reporter.note(`would make the role ${API_LOG_ROLE}, with which API Gateway of ${where} writes logs`);
    return;
  }
  await prompter.ask({
    text: `API Gateway may not write logs in ${where} yet (F-122). Make the role ${API_LOG_ROLE} for all APIs there?`,
  });
  await lock.take();
  const boundary = settings.bootstrap.permissionsBoundary;
  const role =
    (await aws.iam.role(API_LOG_ROLE)) ??
    (await aws.iam.createRole(API_LOG_ROLE, {
      service: 'apigateway.amazonaws.com',
      description: 'API Gateway writes logs of every API with it',
      ...(boundary ? { boundary: boundaryArn(boundary, target.account, partitionOf(target.principal)) } : {}),
    }));
  await aws.iam.attachPolicy(API_LOG_ROLE, `arn:${partitionOf(role.Arn!)}:iam::aws:policy/${POLICY}`);
  const known = await reporter.step('Giving API Gateway its role for logs', () =>
    waitFor({ clock, everyMs: target.pollMs, forMs: KNOWN_MS, signal }, async () =>
      (await aws.apiGateway.setLogRole(role.Arn!)) ? true : undefined,
    ),
  );
  if (!known) throw notTaken(role.Arn!, where);
}

const partitionOf = (arn: string): string => arn.split(':')[1] ?? 'aws';

const notTaken = (arn: string, where: string) =>
  new PlatformError({
    id: 'api-log-role',
    kind: 'failed',
    message: `API Gateway of ${where} does not take the role ${arn}: it has to trust apigateway.amazonaws.com and to allow writing logs`,
    remedy: `look at the role in IAM, delete it if it is of no other use, and deploy again to have it made`,
  });
