import { z } from 'zod';

// With connect.ts the only file of the sandbox that the rest of the program imports: what may be asked of `POST break`.

const text = z.string().min(1);
const count = z.int().min(0).max(100_000);

/** What a request meets: a status, silence, or a closed port. */
const answer = z.union([z.int().min(100).max(599), z.enum(['silence', 'refused'])]);

/** A line of log; with `times` its text so often, for lines of megabytes; as bytes in hex, for what is no text. */
const line = z.union([
  z.string(),
  z.strictObject({ text, times: z.int().min(1).max(2_000_000) }),
  z.strictObject({ hex: z.string().regex(/^([0-9a-f]{2})+$/) }),
]);
export type WrittenLine = z.output<typeof line>;

const http = z.strictObject({
  answer: answer.default(200).describe('what every path answers'),
  paths: z.record(text, answer).optional().describe('what some paths answer instead'),
  readyAfterSeconds: count.optional().describe('connections are refused until then'),
});

const service = text.describe('<cluster>/<service> in ECS');

/**
 * What can be done to an environment on purpose: a closed set. Each acts through the state of the services or through
 * their own operations, so that AWS's refusals, texts and consequences come about by themselves.
 */
export const BREAK_STEPS = {
  call: z
    .strictObject({
      operation: text.regex(/^[a-z0-9-]+:[A-Z]\w+$/).describe('service:Operation, as IAM writes it'),
      with: z.record(z.string(), z.unknown()).default({}).describe('its input, as the API reference has it'),
      ignore: z.array(text).optional().describe('codes of errors that are as good as done'),
    })
    .describe('somebody else calls an operation of AWS, which may refuse it'),
  'remove-secret-key': z
    .strictObject({ secret: text, key: text })
    .describe('a new version of a secret lacks a key; the others stay'),
  'set-secret-key': z
    .strictObject({ secret: text, key: text, value: z.string() })
    .describe('a new version of a secret has another value of a key; the others stay'),
  container: z
    .strictObject({
      of: text.describe('family of a task definition, <family>/<container>, an image digest, or * for all'),
      exit: z
        .strictObject({
          code: z.int().min(0).max(255).nullable(),
          afterSeconds: z.number().min(0).max(100_000).default(5),
          reason: text.optional(),
        })
        .optional()
        .describe('it ends by itself; without a code when that is null'),
      logs: z.array(line).optional().describe('what it writes as soon as it runs'),
      http: http.optional().describe('what its ports answer'),
      health: z.enum(['HEALTHY', 'UNHEALTHY']).optional().describe('what its own health check says'),
    })
    .describe('containers that are started from now on do this instead of running'),
  'write-log': z
    .strictObject({ service, lines: z.array(line).min(1) })
    .describe('the running containers of a service write lines; nothing else happens to them'),
  'write-lines': z
    .strictObject({ group: text, lines: z.array(line).min(1) })
    .describe('lines appear in a log group, as a service of AWS writes them'),
  'function-calls': z
    .strictObject({ function: text, calls: count, failed: count.default(0) })
    .describe('calls of a function are counted, of which so many failed; nothing runs'),
  'edge-calls': z
    .strictObject({
      function: text,
      distribution: text,
      region: text.describe('where the copy runs that is nearest to the viewers'),
      calls: count,
      failed: z.enum(['LambdaExecutionError', 'LambdaValidationError', 'LambdaLimitExceededErrors']).optional(),
      lines: z.array(line).min(1).describe('what the copy writes, where its role may'),
    })
    .describe(
      'a copy of a function at the edges is called for viewers of a region, and CloudFront counts; nothing runs',
    ),
  'forget-container': z.strictObject({ of: text }).describe('containers that are started from now on run again'),
  answers: z
    .strictObject({ service, answer, paths: http.shape.paths })
    .describe('running tasks of a service answer so from now on, without being replaced'),
  'take-route': z.strictObject({ service }).describe('the subnets of a service lose their way to the internet'),
  'close-egress': z.strictObject({ service }).describe('no connection leaves the tasks of a service any more'),
  'close-ingress': z.strictObject({ service }).describe('no connection reaches the tasks of a service any more'),
  'leave-interface': z
    .strictObject({ service, description: text })
    .describe('a network interface of somebody else stands in a subnet of a service'),
  'request-certificate': z
    .strictObject({ domain: text, id: z.uuid().describe('the last part of its ARN') })
    .describe('a certificate is requested, and waits for a DNS record that nobody has written'),
  'take-right': z
    .strictObject({ role: text, actions: z.array(text).min(1) })
    .describe('the policies of a role no longer allow some actions'),
  'delete-role': z.strictObject({ role: text }).describe('a role is deleted, with what is attached to it'),
  'give-back': z
    .strictObject({
      taken: z.enum(['take-route', 'close-egress', 'close-ingress', 'leave-interface', 'take-right', 'delete-role']),
      from: text.describe('what the step was about; of an interface its description'),
    })
    .describe('what an earlier step took away is there again'),
  'push-image': z
    .strictObject({
      repository: text,
      tag: text,
      platforms: z
        .array(text.regex(/^linux\/\w+/))
        .min(1)
        .default(['linux/amd64']),
      attestation: z.boolean().default(false).describe('with an attestation beside it, as buildx adds by default'),
    })
    .describe('an image is pushed from somewhere else'),
  'empty-bucket': z.strictObject({ bucket: text }).describe('all objects of a bucket are deleted, every version'),
  'fill-bucket': z.strictObject({ bucket: text, objects: count }).describe('objects are put into a bucket'),
  'fill-queue': z.strictObject({ url: text, messages: count }).describe('messages wait in a queue'),
  'change-stack': z
    .strictObject({
      stack: text,
      resource: text.describe('its physical id'),
      set: z.record(z.string(), z.unknown()).describe('properties'),
    })
    .describe('somebody updates a stack of ours by hand'),
  'export-output': z
    .strictObject({ stack: text, output: text, as: text })
    .describe('somebody gives an output of a stack of ours an export name by hand'),
  'stack-under-way': z
    .strictObject({ stack: text, seconds: z.int().min(1).max(600).default(5).describe('real ones, at least') })
    .describe('somebody changes the tags of a stack; it is still under way when this returns'),
  'pass-time': z.strictObject({ seconds: count }).describe('so much virtual time passes'),
  'no-capacity': z
    .strictObject({ times: z.int().min(1).max(1000), zone: text.default('*') })
    .describe('Fargate has no room for the next requests to start tasks, in one zone or in all'),
  'set-quota': z
    .strictObject({ service: text, code: text.describe('as Service Quotas lists it'), value: count })
    .describe('the account may have fewer, or more, of something'),
  fault: z
    .strictObject({
      of: text.regex(/^([a-z0-9-]+:\w+|[a-z0-9-]+|\*)$/).describe('service:Operation, a service, or * for any call'),
      skip: count.optional().describe('so many calls pass first'),
      times: count.default(1).describe('so many calls fail'),
      error: z
        .strictObject({ code: text, message: text, status: z.int().min(400).max(599).optional() })
        .optional()
        .describe('what AWS answers'),
      cut: z.enum(['before', 'after']).optional().describe('the connection is lost before the work is done, or after'),
    })
    .describe('calls fail although nothing is wrong with what they ask'),
  'forget-faults': z.strictObject({}).describe('calls fail no more'),
} as const;

export type StepName = keyof typeof BREAK_STEPS;
export type StepInput<N extends StepName> = z.output<(typeof BREAK_STEPS)[N]>;
/** One step, by its name: `{ "delete-role": { "role": "…" } }`. */
export type BreakStep = { readonly [N in StepName]?: unknown };

export interface BreakRequest {
  account: string;
  region: string;
  steps: readonly BreakStep[];
}

export interface BreakAnswer {
  /** What each step did, as a sentence; fewer than were asked for when one was refused. */
  done: string[];
  refused?: { code: string; message: string };
}
