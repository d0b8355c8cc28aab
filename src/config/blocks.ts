import { z } from 'zod';
import { accessGroup } from './blocks/access.ts';
import { api } from './blocks/api.ts';
import { bootstrap } from './blocks/bootstrap.ts';
import { bucket } from './blocks/bucket.ts';
import { bus } from './blocks/bus.ts';
import { database } from './blocks/database.ts';
import { edge } from './blocks/edge.ts';
import { lambdaFunction } from './blocks/function.ts';
import { migrations } from './blocks/migrations.ts';
import { network } from './blocks/network.ts';
import { observability } from './blocks/observability.ts';
import { constructPath, override } from './blocks/override.ts';
import { queue } from './blocks/queue.ts';
import { secret } from './blocks/secret.ts';
import { service } from './blocks/service.ts';
import { shared } from './blocks/shared.ts';
import { site } from './blocks/site.ts';
import { filledByKind, named } from './fields.ts';

/**
 * What an environment consists of. Fields without a default here and without `optional` either have to be written or
 * take their default from the environment's kind (`kind-defaults.ts`), which is filled in before this schema sees them.
 */
export const blocksSchema = z.strictObject({
  network: filledByKind(network).describe('The VPC. One per environment.'),
  databases: named(database).describe('PostgreSQL databases.'),
  secrets: named(secret).describe('Secrets in Secrets Manager. Their values never stand in this file.'),
  queues: named(queue).describe('SQS queues.'),
  buses: named(bus).describe('EventBridge buses.'),
  buckets: named(bucket).describe('S3 buckets for the application’s own objects.'),
  functions: named(lambdaFunction).describe('Lambda functions.'),
  services: named(service).describe('Containers that keep running, on Fargate: web services and workers.'),
  apis: named(api).describe('API Gateway before a function.'),
  sites: named(site).describe('What CloudFront serves: single-page applications, Next.js, media.'),
  edge: edge.prefault({}).describe('Protection before sites and load balancer.'),
  observability: filledByKind(observability).describe('Logs, alarms and dashboards.'),
  migrations: migrations.optional().describe('How the database schema follows the code.'),
  shared: shared
    .default({ mode: 'none' })
    .describe('Sharing network, load balancer and database between environments.'),
  dns: z
    .enum(['none', 'route53'])
    .default('none')
    .describe(
      'With `route53` a deployment writes the records of its host names into zones of this account, where none stand yet. `platform dns` shows what has to stand where.',
    ),
  access: named(accessGroup).describe(
    'Who may do what in the environment, by groups: each is a role that its principals may take on. `platform access apply` makes them.',
  ),
  overrides: z
    .record(constructPath, override)
    .default({})
    .describe('Properties of resources for which this file has no words, by the address of their construct.'),
  bootstrap: bootstrap.prefault({}).describe('The CDK bootstrap, for organisations with rules of their own.'),
});

/** The blocks of one environment, fully defaulted. */
export type Blocks = z.output<typeof blocksSchema>;
export const BLOCK_NAMES = Object.keys(blocksSchema.shape) as (keyof Blocks)[];
