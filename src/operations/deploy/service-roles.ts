import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';

export interface ServiceRole {
  role: string;
  service: string;
}

/** Services make theirs when they are first used, and the very first use may fail because it is not there yet (F-57). */
const ROLES = {
  ecs: { role: 'AWSServiceRoleForECS', service: 'ecs.amazonaws.com' },
  balancer: {
    role: 'AWSServiceRoleForElasticLoadBalancing',
    service: 'elasticloadbalancing.amazonaws.com',
  },
  rds: { role: 'AWSServiceRoleForRDS', service: 'rds.amazonaws.com' },
} as const;

/** The service-linked roles that what is configured works with. */
export function neededRoles({ blocks }: Session['environment']): ServiceRole[] {
  const { databases, services } = blocks;
  const runs = Object.values(services);
  return [
    ...(runs.length > 0 ? [ROLES.ecs] : []),
    ...(runs.some(({ http }) => http) ? [ROLES.balancer] : []),
    ...(Object.values(databases).some(({ engine }) => engine !== 'shared') ? [ROLES.rds] : []),
  ];
}

/** Those of them that the account does not have. Only looks. */
export async function missingRoles({ aws, environment }: Pick<Session, 'aws' | 'environment'>): Promise<ServiceRole[]> {
  const needed = neededRoles(environment);
  const roles = await Promise.all(needed.map(({ role }) => aws.iam.role(role)));
  return needed.filter((_, index) => roles[index] === undefined);
}

/**
 * Makes those that are missing before the first stack does, whose services may be used before AWS knows the role
 * everywhere. Who may not look or make them goes on: the services try it themselves.
 */
export async function bringServiceRoles(session: Pick<Session, 'aws' | 'environment' | 'reporter'>): Promise<void> {
  const { aws, reporter } = session;
  try {
    for (const { role, service } of await missingRoles(session)) {
      await aws.iam.createServiceLinkedRole(service);
      reporter.note(`Made ${role}, with which AWS's own service works in this account`);
    }
  } catch (error) {
    if (!(error instanceof PlatformError) || error.id !== 'aws-access-denied') throw error;
    reporter.debug(`service-linked roles: ${error.message}`);
  }
}

/** What a deployment would meet; it makes them itself before it begins, so that this is no more than said. */
export async function serviceRoleProblems(session: Pick<Session, 'aws' | 'environment'>): Promise<Problem[]> {
  const flags = environmentFlags(session.environment);
  return (await missingRoles(session)).map(({ role }) => ({
    rule: 'F-57',
    severity: 'warning',
    path: role,
    message: `Account ${session.aws.account} has no role ${role} yet, and the first use of its service may fail because of that`,
    remedy: `platform deploy ${flags} makes it first; platform doctor ${flags} --only service-linked-roles --fix makes it now`,
    evidence: [evidenceOf('iam:GetRole', role, undefined)],
  }));
}
