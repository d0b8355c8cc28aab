import type { Scope } from '../../kernel/scope.ts';
import { conditionsHold } from '../iam/conditions.ts';
import { actionFits } from '../iam/evaluate.ts';
import { statementsOf } from '../iam/statement.ts';
import { policies, type UrlRow } from './state.ts';

/** Whether the policy of a function, or of its version or alias, lets somebody do something. */
export function policyAllows(
  { name, qualifier }: { name: string; qualifier?: string | undefined },
  { action, service, context }: { action: string; service?: string; context: Record<string, string> },
  scope: Scope,
): boolean {
  const row = policies.in(scope).get(qualifier === undefined ? name : `${name}:${qualifier}`);
  return statementsOf(JSON.stringify({ Statement: row?.statements ?? [] })).some(
    (statement) =>
      actionFits(statement, action) &&
      (statement.principals?.['*']?.includes('*') ||
        statement.principals?.AWS?.includes('*') ||
        (service !== undefined && statement.principals?.Service?.includes(service))) &&
      conditionsHold(statement.conditions, context),
  );
}

/**
 * A URL without authorization needs both permissions since October 2025 (F-116):
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function letsEverybodyIn({ function: name, alias }: UrlRow, scope: Scope): boolean {
  const target = { name, ...(alias !== undefined && { qualifier: alias }) };
  const context = { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:InvokedViaFunctionUrl': 'true' };
  return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every((action) =>
    policyAllows(target, { action, context }, scope),
  );
}

/**
 * A distribution signs for itself, and needs both permissions as well, each for itself or for all (F-116):
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function letsCloudFrontIn(row: UrlRow, distribution: string, scope: Scope): boolean {
  const { function: name, alias, auth } = row;
  if (auth === 'NONE') return letsEverybodyIn(row, scope);
  const target = { name, ...(alias !== undefined && { qualifier: alias }) };
  const context = {
    'AWS:SourceArn': distribution,
    'aws:SourceArn': distribution,
    'lambda:FunctionUrlAuthType': 'AWS_IAM',
    'lambda:InvokedViaFunctionUrl': 'true',
  };
  return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every((action) =>
    policyAllows(target, { action, service: 'cloudfront.amazonaws.com', context }, scope),
  );
}
