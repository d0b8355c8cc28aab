import type { SimulatePrincipalPolicyCommandOutput } from '@aws-sdk/client-iam';
import type { Call, Scope } from '../../kernel/scope.ts';
import { simulatePrincipalPolicy } from '../iam/operations/simulate-principal-policy.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { invalidParameter } from './refusals.ts';

const roleAt = (arn: string, scope: Scope) =>
  roles
    .in(scope)
    .values()
    .find((role) => role.arn === arn);

/** Refuses a role that is not there or does not trust Lambda. */
export function requireAssumable(arn: string, scope: Scope): void {
  const role = roleAt(arn, scope);
  const context = { 'aws:SourceAccount': scope.account };
  if (!role || !trusts(role.trust, { caller: { service: 'lambda.amazonaws.com' }, context }))
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}

/** Whether the policies of an execution role let it do something; a role that is gone may do nothing. */
export function roleMay(arn: string, action: string, resource: string, scope: Scope): boolean {
  if (!roleAt(arn, scope)) return false;
  const call: Call = { ...scope, requestId: 'lambda', endpoint: '', principal: 'lambda.amazonaws.com' };
  const { EvaluationResults } = simulatePrincipalPolicy(
    { PolicySourceArn: arn, ActionNames: [action], ResourceArns: [resource] },
    call,
  ) as SimulatePrincipalPolicyCommandOutput;
  return EvaluationResults?.[0]?.EvalDecision === 'allowed';
}

/** `arn:aws:iam::<account>:role/<path>/<name>` */
export const roleName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
