import { z } from 'zod';
import { command, path, reference, uses } from '../fields.ts';

export const migrations = z.strictObject({
  run: reference.optional().describe('The service whose new image runs the commands: `service.<name>`.'),
  image: z
    .strictObject({
      context: path.describe('The folder that is built, relative to platform.yaml.'),
      dockerfile: path.default('Dockerfile').describe('The Dockerfile, relative to the context.'),
    })
    .optional()
    .describe('An image of its own, for systems without services. Instead of `run`.'),
  uses: uses.describe('Blocks that an image of its own may reach.'),
  up: command.describe('The command that migrates, word by word.'),
  before: z.array(command).default([]).describe('Commands that run before it, in order.'),
  down: command.optional().describe('The command that undoes the last migration.'),
  verify: command.optional().describe('The command that checks the database.'),
  timeoutMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(120)
    .describe('After so long a migration is stopped; all of its commands together.'),
  when: z
    .enum(['before-rollout', 'after-rollout', 'manual'])
    .default('before-rollout')
    .describe('When a deployment runs it: before traffic reaches the new release, after, or never.'),
});
