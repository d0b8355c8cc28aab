import type { CfnRuleProps } from 'aws-cdk-lib/aws-events';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { events, lambda } from '../aws-cdk.ts';
import type { TriggerSettings } from '../function-settings.ts';
import type { Links } from '../links.ts';
import { outputs } from '../outputs.ts';
import { LocalSchedule } from './local-schedule.ts';

export interface FunctionTriggerProps {
  links: Links;
  trigger: TriggerSettings;
  /** What is invoked: never the function itself, whose newest code nobody has proven yet. */
  alias: CfnAlias;
  /** ARN of the queue for what EventBridge could not deliver. */
  deadLettersArn?: string;
}

/** What starts a function by itself: messages of a queue, a schedule, or events of a bus. */
export class FunctionTrigger extends Construct {
  readonly queueReader: string | undefined;
  readonly rule: { name: string; arn: string } | undefined;
  readonly schedule: string | undefined;

  constructor(scope: Construct, id: string, { links, trigger, alias, deadLettersArn }: FunctionTriggerProps) {
    super(scope, id);
    if (trigger.on === 'queue') {
      this.queueReader = new lambda.CfnEventSourceMapping(this, 'Queue', {
        functionName: alias.ref,
        eventSourceArn: links.from('messaging', outputs.messaging.queueArn(trigger.queue)),
        batchSize: trigger.batchSize,
        maximumBatchingWindowInSeconds: trigger.windowSeconds,
        // Without it one bad message brings the whole batch back (F-99).
        ...(trigger.partialFailures ? { functionResponseTypes: ['ReportBatchItemFailures'] } : {}),
        ...(trigger.maxConcurrency === undefined
          ? {}
          : { scalingConfig: { maximumConcurrency: trigger.maxConcurrency } }),
      }).ref;
      return;
    }
    if (trigger.on === 'schedule' && trigger.timezone !== undefined) {
      const { expression, timezone } = trigger;
      this.schedule = new LocalSchedule(this, 'Local', {
        expression,
        timezone,
        alias,
        ...(deadLettersArn ? { deadLettersArn } : {}),
      }).name;
      return;
    }
    const rule = new events.CfnRule(this, 'Rule', {
      ...whenOf(links, trigger),
      state: 'ENABLED',
      targets: [
        {
          id: 'function',
          arn: alias.ref,
          ...(trigger.on === 'bus' ? { retryPolicy: { maximumRetryAttempts: trigger.retries } } : {}),
          ...(deadLettersArn ? { deadLetterConfig: { arn: deadLettersArn } } : {}),
        },
      ],
    });
    new lambda.CfnPermission(this, 'Invoke', {
      functionName: alias.ref,
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    this.rule = { name: rule.ref, arn: rule.attrArn };
  }
}

function whenOf(links: Links, trigger: Exclude<TriggerSettings, { on: 'queue' }>): CfnRuleProps {
  switch (trigger.on) {
    case 'schedule':
      return { scheduleExpression: trigger.expression };
    case 'bus':
      return {
        eventBusName: links.from('messaging', outputs.messaging.busName(trigger.bus)),
        eventPattern: { 'detail-type': trigger.detailTypes.map((type) => links.text(type)) },
      };
    case 'rotation':
      // Such events come only where a trail logs, and EventBridge may lose one; so it looks by itself as well.
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
      return {
        scheduleExpression: trigger.expression,
        eventPattern: {
          source: ['aws.secretsmanager'],
          'detail-type': ['AWS Service Event via CloudTrail'],
          detail: {
            eventSource: ['secretsmanager.amazonaws.com'],
            eventName: ['RotationSucceeded'],
            additionalEventData: { SecretId: [links.from('data', outputs.data.databaseSecretArn(trigger.database))] },
          },
        },
      };
  }
}
