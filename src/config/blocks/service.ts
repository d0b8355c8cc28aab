import { z } from 'zod';
import {
  certificate,
  command,
  domainName,
  environmentVariables,
  filledByKind,
  named,
  path,
  secretKeyReference,
  uses,
} from '../fields.ts';
import { scheduledTask } from './scheduled-task.ts';
import { sidecar } from './sidecar.ts';
import { smokeRequests } from './smoke.ts';

const port = z.number().int().min(1).max(65535);

const image = z.strictObject({
  context: path.describe('The folder that is built, relative to platform.yaml.'),
  dockerfile: path.default('Dockerfile').describe('The Dockerfile, relative to the context.'),
  repository: z
    .string()
    .regex(
      /^(?=.{2,256}$)[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
      'an ECR repository name of lower-case letters, digits and ._/-',
    )
    .optional()
    .describe('A fixed name of the ECR repository. Generated when absent.'),
});

const webPath = z.string().regex(/^\/[\x21-\x7e]{0,1023}$/, 'a path that begins with /');

const http = z.strictObject({
  domain: domainName.optional().describe('The host name that is routed to this service.'),
  certificate: certificate.describe(
    '`auto` (requested for you), `none` (plain HTTP, with `insecure`) or the ARN of an ACM certificate.',
  ),
  insecure: z.boolean().default(false).describe('Accepts plain HTTP, for a first try. Refused in prod.'),
  redirectHttp: z.boolean().default(true).describe('Whether port 80 redirects to HTTPS.'),
  rulePriority: z
    .number()
    .int()
    .min(1)
    .max(50000)
    .optional()
    .describe('The priority of the rule on a shared load balancer. A free one is taken and remembered when absent.'),
  webhooks: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of small letters, digits and dashes'), webPath)
    .default({})
    .describe(
      'Paths that others call by themselves, by who does: `stripe: /webhooks/stripe/`. Their URLs are outputs.',
    ),
});

const health = z.strictObject({
  path: webPath.optional().describe('The path that the load balancer asks for.'),
  matcher: z
    .string()
    .regex(/^\d{3}(?:[-,]\d{3})*$/, 'status codes in quotes, such as "200" or "200-299"')
    .default('200')
    .describe('Status codes that mean healthy.'),
  graceSeconds: z
    .number()
    .int()
    .min(0)
    .max(7200)
    .default(120)
    .describe('Seconds after a start in which failures do not count.'),
  intervalSeconds: z.number().int().min(5).max(300).default(30).describe('Seconds between checks.'),
  timeoutSeconds: z.number().int().min(2).max(120).default(5).describe('Seconds until a check has failed.'),
  command: z
    .string()
    .min(1)
    .optional()
    .describe('A shell command that checks from inside the container; exit code 0 means healthy.'),
});

const tasks = z.number().int().min(0).max(5000);
const percent = z.number().int().min(1).max(100);

const scaling = z.strictObject({
  min: tasks.describe('The least number of tasks.'),
  max: tasks.min(1).default(10).describe('The most tasks.'),
  cpu: percent.default(70).describe('Processor use in percent that scaling aims at.'),
  memory: percent.default(80).describe('Memory use in percent that scaling aims at.'),
  requestsPerTarget: z.number().int().min(1).optional().describe('Requests per minute and task that scaling aims at.'),
  schedule: z
    .array(
      z.strictObject({
        cron: z
          .string()
          .regex(/^cron\([^()]+\)$/, 'cron(0 20 ? * MON-FRI *)')
          .describe('When the bounds change, in UTC.'),
        min: tasks.describe('The least number of tasks from then on.'),
        max: tasks.describe('The most tasks from then on.'),
      }),
    )
    .default([])
    .describe('Bounds that change with the time of day.'),
});

const spot = z.strictObject({
  onDemand: tasks
    .default(0)
    .describe('So many tasks run on demand before Spot takes the rest; they stay when AWS takes its capacity back.'),
});

const bakeMinutes = z
  .number()
  .int()
  .min(0)
  .max(120)
  .default(10)
  .describe(
    'Minutes for which the tasks before run on when all requests have moved: until then going back takes seconds.',
  );

const rollout = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rolling') }),
  z.strictObject({ type: z.literal('blue-green'), bakeMinutes }),
  z.strictObject({
    type: z.enum(['canary', 'linear']),
    percent: z
      .number()
      .int()
      .min(1)
      .max(99)
      .describe('Share of the requests, at first for `canary`, per step for `linear`.'),
    minutes: z.number().int().min(1).max(120).describe('Minutes until the rest follows, or the next step.'),
    bakeMinutes,
  }),
]);

export const service = z.strictObject({
  image: image.describe('What runs.'),
  container: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,255}$/, 'a container name of letters, digits, hyphens and underscores')
    .default('app')
    .describe('The name of the container in the task.'),
  architecture: z.enum(['amd64', 'arm64']).default('amd64').describe('The processor that the image is built for.'),
  cpu: z.number().int().default(512).describe('Processor units; 1024 is one virtual processor.'),
  memory: z
    .number()
    .int()
    .default(1024)
    .describe('Memory in MiB. Fargate takes certain pairs of `cpu` and `memory` only.'),
  port: port.optional().describe('The port that the container listens on. A worker has none.'),
  http: http.optional().describe('Puts the service behind the load balancer. A service without it is a worker.'),
  health: health.optional().describe('How AWS sees that a task is healthy.'),
  scaling: filledByKind(scaling).describe('How many tasks run.'),
  uses: uses.describe('Blocks that it may reach; each grants rights and injects variables.'),
  env: environmentVariables.describe('Environment variables. May contain `${…}` references.'),
  secrets: z
    .record(z.string().regex(/^(?:\*|[A-Za-z_][A-Za-z0-9_]*)$/, 'a variable name, or "*"'), secretKeyReference)
    .default({})
    .describe(
      'Variables from secrets: `API_KEY: secret.app#API_KEY`. `"*": secret.app#*` gives every declared key under its own name.',
    ),
  exec: z.boolean().describe('Whether `platform exec` may open a shell in a running task.'),
  smoke: smokeRequests
    .default([])
    .describe('What must answer beside the health path: paths, or requests with what is expected of them.'),
  command: command.optional().describe('Replaces the command of the image.'),
  spot: spot
    .optional()
    .describe(
      'Runs on Fargate Spot: cheaper, and AWS may take a task away with two minutes of notice. Adding or removing it makes a new ECS service beside the old one, which then goes.',
    ),
  rollout: rollout
    .default({ type: 'rolling' })
    .describe(
      'How new tasks take over: one after the other, or as a whole set beside those before to which ECS moves the requests at once, a few first, or in even steps.',
    ),
  rollbackOn: z
    .array(z.enum(['error-rate', 'latency-p99']))
    .default([])
    .describe(
      'Alarm presets that take a rollout back while ECS watches it: the tasks before run until they have been quiet. Alarms that ring already when a rollout begins are not listened to.',
    ),
  sidecars: named(sidecar).describe('Further containers in every task of the service, such as a proxy or a collector.'),
  scheduledTasks: named(scheduledTask).describe(
    'Commands that run by the clock in tasks of their own, with the image, variables and rights of the service.',
  ),
});
export type Service = z.output<typeof service>;
