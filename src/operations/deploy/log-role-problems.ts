import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { missingLogRole } from './ensure-api-log-role.ts';

/** What a deployment would ask about before it begins, so that this is no more than said. */
export async function logRoleProblems(session: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<Problem[]> {
  const { environment, target } = session;
  const missing = await missingLogRole(session);
  if (!missing) return [];
  const { role, stack, gone } = missing;
  return [
    {
      rule: 'F-122',
      severity: 'warning',
      path: 'apis',
      message: `API Gateway may not write logs in account ${target.account}, ${target.region} yet${gone ? `: its role ${gone} is gone` : ''}`,
      remedy: `platform deploy ${environmentFlags(environment)} ${stack ? `makes the role ${role} in stack ${stack}` : `gives it the role ${role}`} once you agree`,
      evidence: [evidenceOf('apigateway:GetAccount', 'cloudwatchRoleArn', gone ?? undefined)],
    },
  ];
}
