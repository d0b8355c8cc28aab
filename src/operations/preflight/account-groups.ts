import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { trustProblems } from '../ci/trust-problems.ts';
import { lacksLogRole } from '../deploy/ensure-api-log-role.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { serviceRoleProblems } from '../deploy/service-roles.ts';
import { bootstrapRoleProblems } from './bootstrap-role-problems.ts';
import type { PreflightGroup } from './groups.ts';

/**
 * What `deploy --preflight` looks at and a deployment does not: it makes these roles itself, finds out at its first call
 * whether it may put on those of the bootstrap, and does not need the pipeline's.
 */
const GROUPS: readonly PreflightGroup<Session>[] = [
  {
    id: 'bootstrap-roles',
    title: 'The roles of the bootstrap are there, and let these credentials in',
    looks: [(session, { synthesis }) => bootstrapRoleProblems(session, synthesis)],
  },
  {
    id: 'roles',
    title: 'Services of AWS have their roles in this account',
    looks: [serviceRoleProblems, (session, { settings }) => logRoleProblems(session, settings)],
  },
];

const PIPELINE: PreflightGroup<Session> = {
  id: 'pipeline',
  title: 'Workflows of the repository may deploy',
  looks: [pipelineProblems],
};

/** With the pipeline only where there is one. */
export async function accountGroups(session: Session): Promise<PreflightGroup<Session>[]> {
  const { delivery } = await session.project();
  return delivery.provider === 'github' && delivery.repository !== undefined ? [...GROUPS, PIPELINE] : [...GROUPS];
}

async function logRoleProblems(session: Session, settings: PreparedRelease['settings']): Promise<Problem[]> {
  const { environment, target } = session;
  if (!(await lacksLogRole(session, settings))) return [];
  return [
    {
      rule: 'F-122',
      severity: 'warning',
      path: 'apis',
      message: `API Gateway may not write logs in account ${target.account}, ${target.region} yet`,
      remedy: `platform deploy ${environmentFlags(environment)} makes the role once you agree`,
    },
  ];
}

/** It keeps no person from deploying, so that nothing of it blocks. */
async function pipelineProblems(session: Session): Promise<Problem[]> {
  const looked = await trustProblems(session);
  return looked.state === 'none' ? [] : looked.problems.map((problem) => ({ ...problem, severity: 'warning' }));
}
