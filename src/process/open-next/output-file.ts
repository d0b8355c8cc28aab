import { isAbsolute, normalize, sep } from 'node:path';
import { z } from 'zod';

/** Where it leads out of the application, what lies there would be put up for everybody to read. */
const below = z
  .string()
  .refine((path) => !isAbsolute(path) && normalize(path).split(sep)[0] !== '..', 'leads out of the application');

const code = { bundle: below, handler: z.string() };

const origin = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('function'),
    ...code,
    streaming: z.boolean().optional(),
    wrapper: z.string().optional(),
    queue: z.string().optional(),
    incrementalCache: z.string().optional(),
    tagCache: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('ecs'), bundle: below }),
  z.looseObject({
    type: z.literal('s3'),
    originPath: z.string(),
    copy: z.array(
      z.looseObject({
        from: below,
        to: z.string(),
        cached: z.boolean(),
        versionedSubDir: z.string().optional(),
      }),
    ),
  }),
]);

/**
 * `.open-next/open-next.output.json`, as far as it is read. Paths are relative to the folder of the application.
 * https://opennext.js.org/aws/inner_workings/architecture
 */
export const outputFile = z.looseObject({
  edgeFunctions: z.record(z.string(), z.unknown()).default({}),
  origins: z.record(z.string(), origin),
  behaviors: z.array(
    z.looseObject({ pattern: z.string(), origin: z.string().optional(), edgeFunction: z.string().optional() }),
  ),
  additionalProps: z
    .looseObject({
      disableIncrementalCache: z.boolean().optional(),
      disableTagCache: z.boolean().optional(),
      revalidationFunction: z.looseObject(code).optional(),
      warmer: z.looseObject(code).optional(),
    })
    .default({}),
});

export type OutputFile = z.infer<typeof outputFile>;
export type FunctionOrigin = Extract<OutputFile['origins'][string], { type: 'function' }>;
export type FilesOrigin = Extract<OutputFile['origins'][string], { type: 's3' }>;

/** CloudFront's own bound for one distribution: https://docs.aws.amazon.com/general/latest/gr/cf_region.html#limits_cloudfront */
const MOST_BEHAVIORS = 75;

/** What of an application has no place in our stacks, each with what to write instead. */
export function unsupported({ edgeFunctions, origins, behaviors, additionalProps }: OutputFile): string[] {
  const found: string[] = [];
  const outside = Object.keys(edgeFunctions);
  if (outside.length > 0)
    found.push(`${outside.join(', ')} at the edge (middleware.external, placement: global): take it out`);
  for (const [name, one] of Object.entries(origins)) {
    if (one.type === 'ecs') found.push(`${name} as a container (generateDockerfile): take it out`);
    if (one.type === 's3' && name !== 's3') found.push(`${name}, a second bucket`);
    if (one.type !== 'function') continue;
    if (one.wrapper !== undefined && !one.wrapper.startsWith('aws-lambda'))
      found.push(`${name} with the wrapper ${one.wrapper}: aws-lambda runs on Lambda`);
    if (one.tagCache?.startsWith('dynamodb') && !additionalProps.disableTagCache)
      found.push(
        `${name} with its tags in DynamoDB: write dangerous: { disableTagCache: true } (revalidateTag then does nothing)`,
      );
    if (one.incrementalCache !== undefined && !['s3', 's3-lite', 'dummy'].includes(one.incrementalCache))
      found.push(`${name} with the incremental cache ${one.incrementalCache}: s3 is there`);
    if (one.queue !== undefined && !['sqs', 'sqs-lite', 'direct', 'dummy'].includes(one.queue))
      found.push(`${name} with the queue ${one.queue}: sqs is there`);
  }
  const known = new Set(Object.keys(origins));
  for (const { pattern, origin: to } of behaviors)
    if (to === undefined || !known.has(to)) found.push(`${pattern}, which leads to ${to ?? 'a function at the edge'}`);
  const patterns = behaviors.filter(({ pattern }) => pattern !== '*').length;
  if (patterns > MOST_BEHAVIORS)
    found.push(
      `${patterns} path patterns, where a distribution has at most ${MOST_BEHAVIORS}: put files of public/ into folders`,
    );
  if (origins.default?.type !== 'function') found.push('no origin default');
  if (origins.s3?.type !== 's3') found.push('no origin s3');
  return [...new Set(found)];
}
