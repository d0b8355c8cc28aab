import { z } from 'zod';
import { NEWEST_NODE } from '../../domain/lambda-runtimes.ts';
import { environmentVariables, path, reference, scheduleExpression, uses } from '../fields.ts';
import { outbox } from './outbox.ts';

/** Offsets are none: Scheduler wants a name, whose summer time it knows. */
const isTimezone = (name: string): boolean =>
  name === 'UTC' || (/^[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_+-]+){1,2}$/.test(name) && isKnown(name));

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

const schedule = z.strictObject({
  on: z.literal('schedule'),
  rate: scheduleExpression,
  timezone: z
    .string()
    .refine(isTimezone, 'a time zone of the IANA, such as Europe/Berlin')
    .optional()
    .describe('Whose clock `cron(…)` goes by, summer and winter: `Europe/Berlin`. UTC when absent.'),
});

const queue = z.strictObject({
  on: z.literal('queue'),
  queue: reference.describe('The queue that it consumes: `queue.<name>`.'),
  batchSize: z.number().int().min(1).max(10000).default(10).describe('Messages per invocation at most.'),
  windowSeconds: z.number().int().min(0).max(300).default(0).describe('Seconds to wait for a full batch.'),
  partialFailures: z
    .boolean()
    .default(true)
    .describe('Whether the function reports which messages failed, so that only those return to the queue.'),
  maxConcurrency: z
    .number()
    .int()
    .min(2)
    .max(1000)
    .optional()
    .describe('Invocations at a time that this queue may cause.'),
});

const bus = z.strictObject({
  on: z.literal('bus'),
  bus: reference.describe('The bus that it listens to: `bus.<name>`.'),
  detailTypes: z.array(z.string().min(1)).min(1).describe('The detail types that it receives.'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(185)
    .default(3)
    .describe('Attempts of EventBridge until the event is set aside.'),
});

const rollout = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all-at-once') }),
  z.strictObject({
    type: z.enum(['canary', 'linear']),
    percent: z.number().int().min(1).max(99).describe('Share of the traffic per step.'),
    minutes: z.number().int().min(1).max(2880).describe('Minutes per step.'),
    rollbackOn: z
      .array(z.string())
      .default(['error-rate', 'latency-p99'])
      .describe('Alarm presets that send the traffic back to the previous version.'),
  }),
]);

export const lambdaFunction = z.strictObject({
  source: path.describe(
    'The entry file or folder of the code, or a function that ships with platform: `builtin:outbox-publisher`.',
  ),
  handler: z
    .string()
    .regex(/^[A-Za-z0-9_./-]+$/, 'a module and an exported name, such as index.handler')
    .default('index.handler')
    .describe('Module and exported name that Lambda calls.'),
  runtime: z
    .string()
    .regex(/^(?:nodejs\d+|python3\.\d+)(?:\.x)?$/, 'a Node.js or Python runtime, such as nodejs24 or python3.14')
    .default(NEWEST_NODE)
    .describe('The Lambda runtime; from Node.js 24 on no handler is given a callback.'),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64').describe('The processor.'),
  memory: z.number().int().min(128).max(10240).default(256).describe('Memory in MiB; processor time grows with it.'),
  timeoutSeconds: z.number().int().min(1).max(900).default(30).describe('Seconds until an invocation is stopped.'),
  reservedConcurrency: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Invocations at a time that are kept for this function and never exceeded; protects a database.'),
  uses: uses.describe('Blocks that it may reach; each grants rights and injects variables.'),
  env: environmentVariables.describe('Environment variables. May contain `${…}` references.'),
  trigger: z.discriminatedUnion('on', [schedule, queue, bus]).optional().describe('What starts it, beside an API.'),
  dlq: z.boolean().default(true).describe('Whether failed asynchronous invocations are kept in a queue.'),
  outbox: outbox.optional().describe('Settings of `builtin:outbox-publisher`.'),
  rollout: rollout.default({ type: 'all-at-once' }).describe('How traffic moves to a new version.'),
});
export type LambdaFunction = z.output<typeof lambdaFunction>;
