import type {
  CancelRotateSecretCommandInput,
  RotateSecretCommandInput,
  RotateSecretCommandOutput,
  RotationRulesType,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { policyAllows } from '../../lambda/resource-policy.ts';
import { functions } from '../../lambda/state.ts';
import { findLiveSecret } from '../find-secret.ts';
import { invalidParameter, invalidRequest, requireToken, requireValid } from '../refusals.ts';
import { beginRotation, functionAt, pendingOf } from '../rotation.ts';
import { planRotation } from '../rotation-schedule.ts';
import { type SecretRow, secrets } from '../state.ts';

/** Keeps the configuration and begins a rotation, or a test of the configuration; neither is waited for. */
export function rotateSecret(input: RotateSecretCommandInput, call: Call): Answer<RotateSecretCommandOutput> {
  const token = requireToken(input.ClientRequestToken, invalidParameter);
  const row = findLiveSecret(input.SecretId, call);
  const lambdaArn = input.RotationLambdaARN ?? row.rotation?.lambdaArn;
  if (lambdaArn === undefined) throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
  requireInvocable(lambdaArn, row, call);
  if (pendingOf(row)) throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
  const rules = input.RotationRules ?? row.rotation?.rules;
  configureRotation(row, { ...(rules && { rules }), lambdaArn }, call);
  const isImmediate = input.RotateImmediately ?? true;
  beginRotation(row.arn, token, call, !isImmediate);
  return { ARN: row.arn, Name: row.name, ...(isImmediate && { VersionId: token }) };
}

/** A function that is not there, and one whose policy does not let the service in: recording test_rotate_secret_invalid_lambda_arn. */
function requireInvocable(lambdaArn: string, { arn }: SecretRow, call: Call): void {
  const reference = functionAt(lambdaArn);
  const context = { 'aws:SourceAccount': call.account, 'aws:SourceArn': arn };
  const asked = { action: 'lambda:InvokeFunction', service: 'secretsmanager.amazonaws.com', context };
  if (!functions.in(call).has(reference.name) || !policyAllows(reference, asked, call))
    throw new AwsFault(
      'AccessDeniedException',
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
    );
}

export function configureRotation(
  row: SecretRow,
  { lambdaArn, rules = {} }: { lambdaArn?: string; rules?: RotationRulesType },
  call: Call,
): void {
  requireValid(['rotationRules.automaticallyAfterDays', rules.AutomaticallyAfterDays, { range: [1, 1000] }]);
  if (rules.AutomaticallyAfterDays !== undefined && rules.ScheduleExpression !== undefined)
    throw invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
  secrets.in(call).update(row.arn, (draft) => {
    draft.rotation = {
      enabled: true,
      ...(lambdaArn !== undefined && { lambdaArn }),
      rules: {
        ...(rules.AutomaticallyAfterDays !== undefined && { AutomaticallyAfterDays: rules.AutomaticallyAfterDays }),
        ...(rules.Duration !== undefined && { Duration: rules.Duration }),
        ...(rules.ScheduleExpression !== undefined && { ScheduleExpression: rules.ScheduleExpression }),
      },
    };
    draft.changed = call.world.clock.stamp();
  });
  planRotation(row.arn, call);
}

/** A rotation under way is not gone on with; its version keeps its label, as at AWS. */
export function cancelRotateSecret({ SecretId }: CancelRotateSecretCommandInput, call: Call) {
  const row = findLiveSecret(SecretId, call);
  secrets.in(call).update(row.arn, (draft) => {
    if (draft.rotation) draft.rotation.enabled = false;
    delete draft.rotating;
  });
  planRotation(row.arn, call);
  return { ARN: row.arn, Name: row.name };
}
