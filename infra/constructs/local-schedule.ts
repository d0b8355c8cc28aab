import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { core, iam, scheduler } from '../aws-cdk.ts';
import { allow } from '../policy.ts';

export interface LocalScheduleProps {
  expression: string;
  /** As the IANA names it: `Europe/Berlin`. */
  timezone: string;
  alias: CfnAlias;
  deadLettersArn?: string;
}

/** Calls a function by the clock of a time zone, summer and winter; rules of EventBridge know UTC alone. */
export class LocalSchedule extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { expression, timezone, alias, deadLettersArn }: LocalScheduleProps) {
    super(scope, id);
    const role = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Action: 'sts:AssumeRole',
            // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
            Condition: { StringEquals: { 'aws:SourceAccount': core.Aws.ACCOUNT_ID } },
          },
        ],
      },
      policies: [
        {
          policyName: 'Start',
          policyDocument: allow([
            { actions: ['lambda:InvokeFunction'], resources: [alias.ref] },
            ...(deadLettersArn ? [{ actions: ['sqs:SendMessage'], resources: [deadLettersArn] }] : []),
          ]),
        },
      ],
    });
    this.name = new scheduler.CfnSchedule(this, 'Schedule', {
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      state: 'ENABLED',
      target: {
        arn: alias.ref,
        roleArn: role.attrArn,
        ...(deadLettersArn ? { deadLetterConfig: { arn: deadLettersArn } } : {}),
      },
    }).ref;
  }
}
