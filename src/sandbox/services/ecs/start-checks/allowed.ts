import type { SimulatePrincipalPolicyCommandOutput } from '@aws-sdk/client-iam';
import type { Scope } from '../../../kernel/scope.ts';
import { roles } from '../../iam/state.ts';
import { trusts } from '../../iam/trust.ts';
import { lastPart } from '../names.ts';
import { ask } from '../neighbours.ts';

const TASKS = { service: 'ecs-tasks.amazonaws.com' };

/** Whether ECS may take on the role for a task: it exists and its trust policy names ecs-tasks. */
export function assumable(scope: Scope, roleArn: string): boolean {
  const role = roles
    .in(scope)
    .values()
    .find(({ arn }) => arn === roleArn);
  // What ECS says of itself when it takes a role on, for trust policies that guard against the confused deputy:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  const context = {
    'aws:SourceAccount': scope.account,
    'aws:SourceArn': `arn:aws:ecs:${scope.region}:${scope.account}:task/*`,
  };
  return role !== undefined && trusts(role.trust, { caller: TASKS, context });
}

/** The sentence of ECS about a role that it cannot take on. */
export const cannotAssume = (roleArn: string): string =>
  `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role being ` +
  'passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.';

/** The refusal that a role meets, or undefined when its policies let it do this. */
export async function denial(
  scope: Scope,
  { roleArn, taskId, action, resource }: { roleArn: string; taskId: string; action: string; resource: string },
): Promise<string | undefined> {
  const answer = await ask<SimulatePrincipalPolicyCommandOutput>(scope, 'iam', 'SimulatePrincipalPolicy', {
    PolicySourceArn: roleArn,
    ActionNames: [action],
    ResourceArns: [resource],
  });
  const decision = answer?.EvaluationResults?.[0]?.EvalDecision ?? 'allowed';
  if (decision === 'allowed') return undefined;
  const why =
    decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const session = `arn:aws:sts::${scope.account}:assumed-role/${lastPart(roleArn)}/${taskId}`;
  return `api error AccessDeniedException: User: ${session} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
