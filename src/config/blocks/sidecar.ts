import { z } from 'zod';
import { command, environmentVariables, secretKeyReference } from '../fields.ts';

/** A container beside the service's own, in every one of its tasks. */
export const sidecar = z.strictObject({
  image: z
    .string()
    .max(512)
    .regex(
      /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
      'an image such as public.ecr.aws/nginx/nginx:1.29, or with @sha256:…',
    )
    .describe('The image, from whatever registry the task can reach. Nobody builds or pushes it.'),
  essential: z
    .boolean()
    .default(true)
    .describe('Whether the task ends when this container does. ECS then starts a fresh task.'),
  command: command.optional().describe('Replaces the command of the image.'),
  port: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('The port that it listens on, for the other containers of the task: they reach it at 127.0.0.1.'),
  memory: z.number().int().min(6).optional().describe('The most memory in MiB that it may take of the task’s.'),
  health: z
    .string()
    .min(1)
    .optional()
    .describe('A shell command that checks it from inside; the service’s own container starts when it first passes.'),
  env: environmentVariables.describe('Environment variables. May contain `${…}` references.'),
  secrets: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name'), secretKeyReference)
    .default({})
    .describe('Variables from secrets: `API_KEY: secret.app#API_KEY`.'),
});
export type Sidecar = z.output<typeof sidecar>;
