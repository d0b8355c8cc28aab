import { z } from 'zod';
import { certificate, domainName, environmentVariables, path, reference, uses } from '../fields.ts';
import { smokeRequests } from './smoke.ts';

const shared = {
  domain: domainName.optional().describe('The host name. CloudFront’s own when absent.'),
  certificate: certificate.describe('`auto` (requested for you in us-east-1) or the ARN of a certificate there.'),
  priceClass: z
    .enum(['100', '200', 'all'])
    .default('100')
    .describe('Where CloudFront answers: North America and Europe (`"100"`), most of the world, everywhere.'),
  buildEnv: environmentVariables.describe(
    'Variables of the build. May contain `${…}` references, `${ci.NAME}` among them.',
  ),
};

/** What must answer after every deployment; a bucket has no page of its own. */
const smoke = (paths: string[]) =>
  smokeRequests.default(paths).describe('What must answer: paths, or requests with what is expected of them.');

const spa = z.strictObject({
  kind: z
    .literal('spa')
    .describe('A single-page application: static files, every unknown path answers with index.html.'),
  dir: path.describe('The folder of the application.'),
  build: z.string().min(1).describe('The command that builds it.'),
  output: path.default('dist').describe('The folder that the build writes, relative to `dir`.'),
  apiPaths: z
    .record(z.string().regex(/^\/[\x21-\x7e]*$/, 'a path pattern that begins with /'), reference)
    .default({})
    .describe('Paths that go to a service or an API under the same host: `/api/*: service.web`.'),
  ...shared,
  smoke: smoke(['/']),
});

const next = z.strictObject({
  kind: z.literal('next').describe('A Next.js application on Lambda, built by OpenNext.'),
  dir: path.describe('The folder of the application.'),
  build: z.string().min(1).default('npx open-next build').describe('The command that builds it.'),
  vpc: z.boolean().default(true).describe('Whether its functions run in the VPC, which a database needs.'),
  uses: uses.describe('Blocks that it may reach; each grants rights and injects variables.'),
  env: environmentVariables.describe('Environment variables of its functions. May contain `${…}` references.'),
  memory: z.number().int().min(128).max(10240).default(1024).describe('Memory of its functions in MiB.'),
  warm: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(0)
    .describe(
      'How many instances of each server are kept warm: OpenNext’s warmer asks them every five minutes. 0: none.',
    ),
  ...shared,
  smoke: smoke(['/']),
});

const media = z.strictObject({
  kind: z.literal('media').describe('A CDN before a bucket.'),
  bucket: reference.describe('The bucket that it shows: `bucket.<name>` with `access: cdn`.'),
  transform: z.boolean().default(false).describe('Whether images are resized by their URL: `/300x200/photo.jpg`.'),
  maxDimension: z.number().int().min(1).max(8192).default(4096).describe('The largest width and height in pixels.'),
  corsOrigins: z
    .array(z.string().min(1))
    .default([])
    .describe('Origins of web pages that may read, or `*` (refused in prod).'),
  ...shared,
  smoke: smoke([]),
});

export const site = z.discriminatedUnion('kind', [spa, next, media]);
