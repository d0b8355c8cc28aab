import type {
  CancelRotateSecretCommandInput,
  RotateSecretCommandInput,
  RotateSecretCommandOutput,
  RotationRulesType,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import { type Call, defineTable } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { findLiveSecret } from '../find-secret.ts';
import { invalidParameter, invalidRequest, requireToken, requireValid } from '../refusals.ts';
import { type SecretRow, secrets } from '../state.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Functions by name, wherever they are kept once they are simulated; until then there is none to invoke. */
const functions = defineTable<unknown>('lambda.functions');

/** Keeps the configuration. No function is run, so no version is ever rotated. */
export function rotateSecret(input: RotateSecretCommandInput, call: Call): Answer<RotateSecretCommandOutput> {
  requireToken(input.ClientRequestToken, invalidParameter);
  const row = findLiveSecret(input.SecretId, call);
  const lambdaArn = input.RotationLambdaARN ?? row.rotation?.lambdaArn;
  if (lambdaArn === undefined) throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
  // Recording test_rotate_secret_invalid_lambda_arn
  if (!functions.in(call).has(/:function:([^:]+)/.exec(lambdaArn)?.[1] ?? ''))
    throw new AwsFault(
      'AccessDeniedException',
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
    );
  configureRotation(row, { ...(input.RotationRules && { rules: input.RotationRules }), lambdaArn }, call);
  return { ARN: row.arn, Name: row.name };
}

export function configureRotation(
  row: SecretRow,
  { lambdaArn, rules = {} }: { lambdaArn?: string; rules?: RotationRulesType },
  call: Call,
): void {
  requireValid(['rotationRules.automaticallyAfterDays', rules.AutomaticallyAfterDays, { range: [1, 1000] }]);
  if (rules.AutomaticallyAfterDays !== undefined && rules.ScheduleExpression !== undefined)
    throw invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
  const now = call.world.clock.stamp();
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
    if (rules.AutomaticallyAfterDays !== undefined) draft.nextRotation = now + rules.AutomaticallyAfterDays * DAY_MS;
    draft.changed = now;
  });
}

export function cancelRotateSecret({ SecretId }: CancelRotateSecretCommandInput, call: Call) {
  const row = findLiveSecret(SecretId, call);
  secrets.in(call).update(row.arn, (draft) => {
    if (draft.rotation) draft.rotation.enabled = false;
    delete draft.nextRotation;
  });
  return { ARN: row.arn, Name: row.name };
}
