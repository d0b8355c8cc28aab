import { z } from 'zod';
import { name } from './fields.ts';

export const delivery = z.strictObject({
  provider: z.enum(['github', 'none']).default('none').describe('Where pipelines run.'),
  repository: z
    .string()
    .regex(/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/, 'OWNER/REPOSITORY')
    .optional()
    .describe('The repository that may deploy, `OWNER/REPOSITORY`.'),
  approval: z
    .enum(['never', 'security-broadening', 'any-change'])
    .default('security-broadening')
    .describe(
      'Which changes a person has to approve by name, with `--confirm` or by a plan that was looked at: those of an environment of kind prod that let more through than before (rights, trust, ways in, public access), any change of any environment on AWS, or none. A yes to the whole is asked for in each case.',
    ),
  paths: z
    .partialRecord(z.enum(['services', 'infra', 'sites', 'functions']), z.array(z.string().min(1)))
    .default({})
    .describe('Which files concern which part, as globs; a pipeline then does only what a change needs.'),
  ci: z
    .strictObject({
      steps: z
        .record(
          name,
          z.strictObject({
            run: z.string().min(1).describe('The command.'),
            coverage: z.number().min(0).max(100).optional().describe('The least test coverage in percent.'),
            services: z
              .array(z.enum(['docker', 'emulator', 'postgres']))
              .default([])
              .describe('What the step needs beside it.'),
          }),
        )
        .describe('The steps, in order.'),
    })
    .optional()
    .describe('What is checked before anything is deployed.'),
  promotion: z
    .array(
      z.strictObject({
        to: name.describe('The environment.'),
        on: z
          .string()
          .regex(
            /^(?:dispatch|(?:push|tag|after):\S+)$/,
            'dispatch, push:<branch>, tag:<pattern> or after:<environment>',
          )
          .describe('What starts it: `dispatch`, `push:<branch>`, `tag:<pattern>` or `after:<environment>`.'),
        reviewers: z.array(z.string().min(1)).default([]).describe('Who has to approve.'),
        requires: z.array(z.string().min(1)).default([]).describe('What has to be true first.'),
      }),
    )
    .default([])
    .describe('The way of a change through the environments, in order.'),
});
