import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { core, lambda, secrets } from '../aws-cdk.ts';

export interface RotationScheduleProps {
  secretArn: string;
  fn: CfnFunction;
  afterDays: number;
}

/**
 * Has Secrets Manager rotate a secret by a function. The function itself and not its alias: every example of AWS names
 * the function, and nothing says that an alias is taken.
 */
export class RotationSchedule extends Construct {
  constructor(scope: Construct, id: string, { secretArn, fn, afterDays }: RotationScheduleProps) {
    super(scope, id);
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
    const permission = new lambda.CfnPermission(this, 'Invoke', {
      functionName: fn.ref,
      action: 'lambda:InvokeFunction',
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: core.Aws.ACCOUNT_ID,
    });
    new secrets.CfnRotationSchedule(this, 'Schedule', {
      secretId: secretArn,
      rotationLambdaArn: fn.attrArn,
      rotationRules: { automaticallyAfterDays: afterDays },
      // A deployment changes no password: its services have just read the one that is.
      rotateImmediatelyOnUpdate: false,
    }).addResourceDependency(permission);
  }
}
