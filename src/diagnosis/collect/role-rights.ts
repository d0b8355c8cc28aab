import type { Role } from '@aws-sdk/client-iam';
import { type Look, look } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';

export interface RoleRights {
  arn: string;
  role: Look<Role>;
  /** What its own policies say of the action: `allowed`, `implicitDeny` or `explicitDeny`. */
  decision: Look<string>;
}

/** Whether a role is there, and whether it may do this to that: two calls. */
export async function roleRights(
  powers: LookPowers,
  { arn, action, resource }: { arn: string; action: string; resource: string },
): Promise<RoleRights> {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const [role, decision] = await Promise.all([
    look(powers, { what: `role ${name}`, call: 'iam:GetRole' }, () => powers.aws.iam.role(name)),
    look(powers, { what: `the rights of role ${name}`, call: 'iam:SimulatePrincipalPolicy' }, () =>
      powers.aws.iam.decision(arn, action, resource),
    ),
  ]);
  return { arn, role, decision };
}
