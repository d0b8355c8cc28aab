import { advisedVisibilitySeconds } from '../../domain/queue-visibility.ts';
import type { LambdaFunction } from '../blocks/function.ts';
import type { Blocks } from '../blocks.ts';
import type { Rule } from './rule.ts';

type QueueTrigger = Extract<LambdaFunction['trigger'], { on: 'queue' }>;

function* consumers({ functions, queues }: Blocks) {
  for (const [name, { trigger, ...settings }] of Object.entries(functions)) {
    if (trigger?.on !== 'queue') continue;
    const queueName = trigger.queue.split('.')[1]!;
    /* A trigger of something else is what the rule about references speaks of. */
    const queue = trigger.queue.startsWith('queue.') ? queues[queueName] : undefined;
    if (queue) yield { name, trigger: trigger as QueueTrigger, settings, queueName, queue };
  }
}

export const QUEUE_RULES: readonly Rule[] = [
  {
    id: 'queue-visibility',
    failure: 'F-97',
    title: 'A message stays hidden while it is worked on',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const { name, queueName, queue, settings } of consumers(blocks))
        if (queue.visibilitySeconds !== undefined && queue.visibilitySeconds < settings.timeoutSeconds)
          yield {
            path: ['queues', queueName, 'visibilitySeconds'],
            message: `queues.${queueName}: visibility ${queue.visibilitySeconds} s is below the timeout ${settings.timeoutSeconds} s of functions.${name}`,
            remedy: 'remove visibilitySeconds: six timeouts and the batch window are the default',
          };
    },
  },
  {
    id: 'queue-visibility-advice',
    title: 'A message stays hidden for six timeouts and the batch window, as AWS advises',
    severity: 'warning',
    check: function* ({ blocks }) {
      for (const { name, queueName, queue, settings, trigger } of consumers(blocks)) {
        const advised = advisedVisibilitySeconds({ ...settings, ...trigger });
        const seconds = queue.visibilitySeconds;
        if (seconds !== undefined && seconds >= settings.timeoutSeconds && seconds < advised)
          yield {
            path: ['queues', queueName, 'visibilitySeconds'],
            message: `queues.${queueName}: with visibility ${seconds} s a throttled functions.${name} may get messages twice`,
            remedy: `write visibilitySeconds: ${advised}, or remove it`,
          };
      }
    },
  },
  {
    id: 'queue-batch-window',
    title: 'A batch above ten has a window to fill in',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const { name, trigger, queue } of consumers(blocks))
        if (!queue.fifo && trigger.batchSize > 10 && trigger.windowSeconds === 0)
          yield {
            path: ['functions', name, 'trigger', 'windowSeconds'],
            message: `functions.${name}: a batch of ${trigger.batchSize} needs a window`,
            remedy: 'add windowSeconds: 1 or more, or write batchSize: 10',
          };
    },
  },
  {
    id: 'queue-fifo-batch',
    title: 'A FIFO queue gives at most ten messages, at once',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const { name, trigger, queue } of consumers(blocks))
        if (queue.fifo && (trigger.batchSize > 10 || trigger.windowSeconds > 0))
          yield {
            path: ['functions', name, 'trigger'],
            message: `functions.${name}: a FIFO queue takes no window and no batch above 10`,
            remedy: 'write batchSize: 10 or less, and remove windowSeconds',
          };
    },
  },
  {
    id: 'queue-concurrency',
    title: 'A queue causes no more invocations than the function has',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const { name, trigger, settings } of consumers(blocks))
        if (
          trigger.maxConcurrency !== undefined &&
          settings.reservedConcurrency !== undefined &&
          trigger.maxConcurrency > settings.reservedConcurrency
        )
          yield {
            path: ['functions', name, 'trigger', 'maxConcurrency'],
            message: `functions.${name}: maxConcurrency ${trigger.maxConcurrency} is above reservedConcurrency ${settings.reservedConcurrency}`,
            remedy: 'lower maxConcurrency: what exceeds it is throttled, and its messages end in the dead-letter queue',
          };
    },
  },
  {
    id: 'queue-consumers',
    title: 'A queue has one consumer',
    severity: 'warning',
    check: function* ({ blocks }) {
      const first = new Map<string, string>();
      for (const { name, queueName } of consumers(blocks)) {
        const other = first.get(queueName);
        if (other)
          yield {
            path: ['functions', name, 'trigger', 'queue'],
            message: `functions.${name} and functions.${other} share queue.${queueName}: each message reaches one of them`,
            remedy: 'use a bus to reach both',
          };
        first.set(queueName, name);
      }
    },
  },
  {
    id: 'queue-dlq',
    title: 'A message that cannot be handled is kept',
    severity: { dev: 'warning', staging: 'error', prod: 'error' },
    check: function* ({ blocks }) {
      for (const [name, { dlq }] of Object.entries(blocks.queues))
        if (!dlq)
          yield {
            path: ['queues', name, 'dlq'],
            message: `queues.${name}: without a dead-letter queue a bad message comes back until it expires`,
            remedy: 'remove dlq: false',
          };
    },
  },
  {
    id: 'queue-dlq-retention',
    title: 'A dead-letter queue keeps messages as long as its queue',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const [name, { dlq, retentionDays }] of Object.entries(blocks.queues))
        if (dlq && dlq.retentionDays < retentionDays)
          yield {
            path: ['queues', name, 'dlq', 'retentionDays'],
            message: `queues.${name}: the dead-letter queue keeps messages for ${dlq.retentionDays} days, counted from their first arrival, the queue for ${retentionDays}`,
            remedy: 'write dlq.retentionDays: 14',
          };
    },
  },
];
