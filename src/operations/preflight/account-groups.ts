import type { Session } from '../../context.ts';
import type { Problem } from '../../errors/problem.ts';
import { trustProblems } from '../ci/trust-problems.ts';
import { logRoleProblems } from '../deploy/log-role-problems.ts';
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
    looks: [serviceRoleProblems, logRoleProblems],
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

/** It keeps no person from deploying, so that nothing of it blocks. */
async function pipelineProblems(session: Session): Promise<Problem[]> {
  const looked = await trustProblems(session);
  return looked.state === 'none' ? [] : looked.problems.map((problem) => ({ ...problem, severity: 'warning' }));
}
