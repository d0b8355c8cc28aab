import { Construct } from 'constructs';
import { sqs } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { OnDelete } from '../setting-values.ts';
import type { QueueSettings } from '../settings.ts';

const SECONDS_PER_DAY = 86_400;

interface Shape {
  fifo: boolean;
  retentionDays: number;
  onDelete: OnDelete;
  visibilitySeconds?: number;
  /** ARN of the queue for what nobody could process, and after how many tries. */
  deadLetters?: { arn: string; maxReceive: number };
}

/** A queue, encrypted and over TLS only (S2-90), with one beside it for what nobody could process. */
export class Queue extends Construct {
  readonly url: string;
  readonly arn: string;
  readonly deadLetters: { url: string; arn: string } | undefined;

  constructor(scope: Construct, id: string, settings: QueueSettings) {
    super(scope, id);
    const { fifo, dlq } = settings;
    // Queues have no fixed names: SQS refuses a name for a minute after its queue is gone (F-96).
    const dead = dlq ? made(this, 'DeadLetters', { fifo, ...dlq }) : undefined;
    const queue = made(this, 'Queue', {
      ...settings,
      ...(dead && dlq ? { deadLetters: { arn: dead.attrArn, maxReceive: dlq.maxReceive } } : {}),
    });
    this.url = queue.ref;
    this.arn = queue.attrArn;
    this.deadLetters = dead && { url: dead.ref, arn: dead.attrArn };
  }
}

function made(scope: Construct, id: string, { fifo, retentionDays, visibilitySeconds, deadLetters, onDelete }: Shape) {
  const queue = new sqs.CfnQueue(scope, id, {
    ...(fifo ? { fifoQueue: true } : {}),
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: Math.round(retentionDays * SECONDS_PER_DAY),
    ...(visibilitySeconds === undefined ? {} : { visibilityTimeout: visibilitySeconds }),
    ...(deadLetters
      ? { redrivePolicy: { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: deadLetters.maxReceive } }
      : {}),
  });
  leave(queue, onDelete);
  const policy = new sqs.CfnQueuePolicy(scope, `${id}Policy`, {
    queues: [queue.ref],
    policyDocument: { Version: '2012-10-17', Statement: [denyPlainText('sqs:*', [queue.attrArn])] },
  });
  leave(policy, onDelete);
  return queue;
}
