import { Construct } from 'constructs';
import { sqs } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { OnDelete } from '../setting-values.ts';

const SECONDS_PER_DAY = 86_400;

/** Keeps the events that a function could not handle, or that never reached it. */
export class DeadLetters extends Construct {
  readonly url: string;
  readonly arn: string;
  readonly #onDelete: OnDelete;

  constructor(
    scope: Construct,
    id: string,
    { retentionDays, onDelete }: { retentionDays: number; onDelete: OnDelete },
  ) {
    super(scope, id);
    const queue = new sqs.CfnQueue(this, 'Queue', {
      sqsManagedSseEnabled: true,
      messageRetentionPeriod: Math.round(retentionDays * SECONDS_PER_DAY),
    });
    leave(queue, onDelete);
    this.url = queue.ref;
    this.arn = queue.attrArn;
    this.#onDelete = onDelete;
  }

  /** A queue has one policy: TLS only (S2-90), and the rule that may put aside what it could not deliver (F-106). */
  guard(ruleArn?: string): void {
    const policy = new sqs.CfnQueuePolicy(this, 'Policy', {
      queues: [this.url],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          denyPlainText('sqs:*', [this.arn]),
          ...(ruleArn
            ? [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'events.amazonaws.com' },
                  Action: 'sqs:SendMessage',
                  Resource: this.arn,
                  Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
                },
              ]
            : []),
        ],
      },
    });
    leave(policy, this.#onDelete);
  }
}
