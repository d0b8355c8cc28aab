import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { lookAtAccess } from './look-at-access.ts';

/** Where who may act differs from who is to act; undefined: nobody is named, and nothing is there. Only looks. */
export async function accessProblems(session: Session): Promise<{ stack: string; problems: Problem[] } | undefined> {
  const { stack, groups, standing, wanted } = await lookAtAccess(session);
  if (groups.length === 0) return undefined;
  const flags = environmentFlags(session.environment);
  const none = Object.keys(wanted.Resources).length === 0;
  const remedy = none ? `platform access remove ${flags}` : `platform access apply ${flags}`;
  const problems = groups.flatMap(({ name, state, role, alsoLetsIn }): Problem[] => {
    if (state === 'as-configured') return [];
    const common = { path: `access.${name}`, remedy };
    if (alsoLetsIn.length > 0)
      return [
        {
          ...common,
          rule: 'access-roles',
          severity: 'error',
          message: `${role} lets in ${alsoLetsIn.join(', ')}, whom platform.yaml does not name`,
          evidence: [evidenceOf('iam:GetRole', 'Role.AssumeRolePolicyDocument', alsoLetsIn.join(', '))],
        },
      ];
    const says = {
      missing: `nobody can act as access.${name} yet: there is no ${role}`,
      extra: `${role} is no longer configured, and still lets people in`,
      differs: `${role} is not as platform.yaml has it`,
    }[state];
    return [
      {
        ...common,
        rule: 'access-roles',
        severity: 'warning',
        message: says,
        evidence: [evidenceOf('cloudformation:GetTemplate', stack, standing === undefined ? 'no stack' : state)],
      },
    ];
  });
  return { stack, problems };
}
