import { giveApiLogRole, writesApiLogs } from '../../../operations/deploy/ensure-api-log-role.ts';
import { logRoleProblems } from '../../../operations/deploy/log-role-problems.ts';
import type { Check } from '../../check.ts';
import { ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

export const apiLogRole: Check = {
  id: 'api-log-role',
  title: 'API Gateway has a role to write logs with',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    if (!writesApiLogs(session.environment)) return skipped('no REST API here writes logs');
    const [[problem], stacks] = await Promise.all([logRoleProblems(session), scene.stacks()]);
    const { account, region } = session.target;
    if (!problem) return ok(`account ${account}, ${region}`);
    // What is deployed has lost it, and writes none.
    const severity = stacks.some(({ id }) => id === 'functions') ? 'error' : 'warning';
    const [call] = problem.evidence!;
    const fix = {
      handling: 'ASK' as const,
      does: `give API Gateway of account ${account}, ${region} a role to write logs with`,
      asks: true,
      apply: () => giveApiLogRole(session),
    };
    return fromProblem({ ...problem, severity }, { call: call!, fix });
  },
};
