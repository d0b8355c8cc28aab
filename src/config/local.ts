import { z } from 'zod';
import { environmentVariables } from './fields.ts';

const image = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9._/:@-]{0,255}$/, 'an image reference')
  .describe('The container image.');

export const local = z.strictObject({
  emulator: z
    .strictObject({
      image,
      hostname: z
        .string()
        .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'a host name')
        .optional()
        .describe(
          'The name under which APIs are shown, such as `localhost.localstack.cloud`; it has to lead to this machine.',
        ),
      port: z.number().int().min(1).max(65535).default(4566).describe('The port on this machine.'),
      dockerSocket: z.boolean().default(true).describe('Whether the emulator may start containers of its own.'),
      env: environmentVariables.describe('Environment variables of the emulator.'),
    })
    .optional()
    .describe('The AWS emulator.'),
  postgres: z
    .strictObject({
      image: image.default('postgres:16'),
      port: z.number().int().min(1).max(65535).default(5432).describe('The port on this machine.'),
    })
    .optional()
    .describe('The database.'),
  authorizerBypass: z
    .boolean()
    .default(false)
    .describe(
      'Whether APIs have no authorizer and let every request pass; `smoke` asks nothing about tokens then. Holds in environments of kind local only; no other has a switch for it.',
    ),
});
