import { z } from 'zod';
import { filledByKind } from '../fields.ts';

/** https://github.com/aws-observability/aws-otel-collector/releases */
const COLLECTOR_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';

/** The only values that CloudWatch Logs takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const alarm = z.union([
  z.literal(false),
  z.strictObject({
    threshold: z.number().min(0).optional().describe('The value above which it alarms, in the unit of the preset.'),
    periods: z.number().int().min(1).max(100).optional().describe('Periods in a row above the threshold.'),
    periodSeconds: z.literal([10, 30, 60, 300, 900, 3600]).optional().describe('Length of a period in seconds.'),
  }),
]);

const collector = z.strictObject({
  image: z
    .string()
    .max(512)
    .regex(
      /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::(?!latest$)[\w][\w.-]{0,127}|(?::[\w][\w.-]{0,127})?@sha256:[a-f0-9]{64})$/,
      'an image with a version, such as <repository>:v0.49.0, or with @sha256:…; never latest',
    )
    .default(COLLECTOR_IMAGE)
    .describe('AWS Distro for OpenTelemetry, from a registry that tasks can reach.'),
  memory: z
    .number()
    .int()
    .min(96)
    .max(4096)
    .default(256)
    .describe('Memory in MiB that it takes of each task. Beyond it traces are dropped, and the service runs on.'),
  share: z
    .number()
    .min(0)
    .max(1)
    .describe('The share of requests that are traced, 0.05 for one in twenty. X-Ray is paid by the trace.'),
});

export const observability = z.strictObject({
  alarms: z.boolean().describe('Whether alarms are made.'),
  alarmEmails: z
    .array(z.email({ error: 'an e-mail address' }))
    .default([])
    .describe('Who receives alarms; AWS asks each to confirm.'),
  webhooks: z
    .array(z.url({ protocol: /^https$/, error: 'an https URL' }))
    .default([])
    .describe('Addresses that receive alarms as HTTP requests.'),
  logRetentionDays: z.literal([...RETENTION_DAYS]).describe('Days for which logs are kept.'),
  accessLogs: z
    .boolean()
    .optional()
    .describe(
      'Whether the load balancer and the buckets write down who asked for what, into a bucket that keeps it for `logRetentionDays`. Write `false` to end it again: a load balancer goes on with what nobody takes back.',
    ),
  tracing: z
    .boolean()
    .default(false)
    .describe('Whether requests are traced by X-Ray: functions by Lambda, services by a collector beside each task.'),
  collector: filledByKind(collector).describe('The container that takes the traces of a service to X-Ray.'),
  containerInsights: z.boolean().default(false).describe('Whether the cluster reports detailed metrics, at a price.'),
  dashboards: z
    .array(z.enum(['operations', 'business', 'cost']))
    .default([])
    .describe('Dashboards to make.'),
  presets: z
    .record(z.string(), alarm)
    .default({})
    .describe('Changes to single alarms by the name of their preset; false switches one off.'),
  customMetrics: z
    .array(
      z.strictObject({
        namespace: z.string().min(1).max(255).describe('The CloudWatch namespace.'),
        name: z.string().min(1).max(255).describe('The metric.'),
        title: z.string().min(1).describe('Its title on the dashboard.'),
      }),
    )
    .default([])
    .describe('Metrics of the application for the business dashboard.'),
});
