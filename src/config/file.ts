import { z } from 'zod';
import { BLOCK_NAMES } from './blocks.ts';
import { delivery } from './delivery.ts';
import { name } from './fields.ts';
import { KINDS } from './kinds.ts';
import { local } from './local.ts';
import { validation } from './validation.ts';

export const EMULATORS = ['sandbox', 'aws', 'localstack', 'ministack', 'floci', 'moto'] as const;

export const DEFAULT_REGION = 'us-east-1';

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'an AWS region, such as eu-central-1');

const template = (allowed: string, known: readonly string[]) =>
  z.string().regex(new RegExp(`^(?:[A-Za-z0-9/_+=.@-]|\\{(?:${known.join('|')})\\}){1,200}$`), allowed);

/** The keys of an environment that are not overrides of blocks. */
export const environmentSchema = z.strictObject({
  kind: z.enum(KINDS).describe('What it is for. Defaults and safety rules hang on it.'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'an account id of twelve digits in quotes')
    .optional()
    .describe('The AWS account. Every command checks that it talks to this one.'),
  region: region.optional().describe('The AWS region. `defaults.region` when absent.'),
  profile: z.string().min(1).max(200).optional().describe('The profile of the AWS configuration files.'),
  like: name.optional().describe('Another environment whose overrides are taken first.'),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'an http or https URL' })
    .optional()
    .describe('The address of an AWS emulator. For kind `local` only.'),
  emulator: z
    .enum(EMULATORS)
    .optional()
    .describe(
      'The emulator behind the endpoint. For kind `local` only. When both are absent: that of `local.emulator`, else `sandbox`, the AWS that platform brings along.',
    ),
});

/** Everything but the blocks, which are merged per environment before they are checked. */
export const fileSchema = z.strictObject({
  version: z.literal(1).optional().describe('The version of this format.'),
  project: name.describe('The name of the project; part of every name in AWS.'),
  title: z.string().min(1).max(200).optional().describe('The name for people. The project’s name when absent.'),
  preset: z
    .enum(['web-service', 'next-app', 'api-workers', 'serverless-api'])
    .optional()
    .describe('What `platform init` started from. Changes nothing afterwards.'),
  defaults: z
    .strictObject({
      region: region.default(DEFAULT_REGION).describe('The region of environments that name none.'),
      environment: name.default('dev').describe('The environment of commands without `--env`. Never one of kind prod.'),
      tags: z
        .record(z.string().min(1).max(128), z.string().max(256))
        .default({})
        .describe('Tags on every resource, beside `Project`, `Environment` and `ManagedBy`.'),
    })
    .prefault({})
    .describe('What holds where an environment says nothing.'),
  naming: z
    .strictObject({
      stack: template('a stack name with {project}, {env} and {block}', ['project', 'env', 'block'])
        .default('{project}-{env}-{block}')
        .describe('The names of the stacks.'),
      secret: template('a secret name with {project}, {env} and {name}', ['project', 'env', 'name'])
        .default('{project}/{env}/{name}')
        .describe('The names of secrets without a `path`.'),
    })
    .prefault({})
    .describe('How names are made, to fit what exists already.'),
  environments: z
    .record(name, environmentSchema)
    .default({})
    .describe('The environments. `sandbox` exists without being declared.'),
  delivery: delivery.prefault({}).describe('How changes travel from a repository to the environments.'),
  local: local.prefault({}).describe('How `platform local up` starts what an environment of kind local needs.'),
  validation: validation.prefault({}).describe('Whose rules `platform validate` asks, beside our own.'),
  waivers: z
    .array(
      z.strictObject({
        rule: z.string().describe('The id of the rule.'),
        environment: name.optional().describe('The environment in which it is waived. All when absent.'),
        path: z
          .string()
          .optional()
          .describe('The value for which it is waived, such as `databases.main`. Everything when absent.'),
        reason: z.string().min(10).describe('Why. Shown wherever the rule would have spoken.'),
      }),
    )
    .max(200)
    .default([])
    .describe('Rules that do not hold here, each with its reason.'),
});

export type File = z.output<typeof fileSchema>;
export type DeclaredEnvironment = z.output<typeof environmentSchema>;

export const TOP_LEVEL_KEYS: readonly string[] = [...Object.keys(fileSchema.shape), ...BLOCK_NAMES];
