import { z } from 'zod';
import { certificate, domainName, reference, secretKeyReference } from '../fields.ts';
import { smokeRequests } from './smoke.ts';

const authorizer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('jwt-lambda'),
    secret: secretKeyReference.describe('The key that signs the tokens: `secret.<name>#<KEY>`.'),
    cacheSeconds: z
      .number()
      .int()
      .min(0)
      .max(3600)
      .default(300)
      .describe('Seconds for which an answer is reused for the same token.'),
    context: z.array(z.string().min(1)).default([]).describe('Claims that are handed to the function.'),
  }),
  z.strictObject({
    kind: z.literal('jwt'),
    issuer: z.url({ protocol: /^https$/, error: 'an https URL' }).describe('The issuer of the tokens.'),
    audience: z.array(z.string().min(1)).min(1).describe('Audiences that are accepted.'),
    keys: z
      .url({ protocol: /^https$/, error: 'an https URL' })
      .optional()
      .describe('Where a REST API finds the issuer’s keys; `<issuer>/.well-known/jwks.json` when absent.'),
  }),
  z.strictObject({
    kind: z.literal('cognito'),
    mfa: z.enum(['off', 'optional', 'required']).default('off').describe('Whether users need a second factor.'),
    groups: z.array(z.string().min(1)).default([]).describe('Groups of users to make.'),
  }),
]);

const cors = z.strictObject({
  origins: z.array(z.string().min(1)).min(1).describe('Origins that may call, or `*` (refused in prod).'),
  methods: z
    .array(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']))
    .default(['GET', 'POST', 'PUT', 'DELETE'])
    .describe('Methods that are allowed.'),
  headers: z
    .array(z.string().min(1))
    .default(['Content-Type', 'Authorization'])
    .describe('Request headers that are allowed.'),
});

const logging = z.strictObject({
  level: z.enum(['off', 'error', 'info']).default('error').describe('What the execution log holds.'),
  dataTrace: z.boolean().default(false).describe('Whether whole requests and answers are logged. Refused in prod.'),
  access: z.boolean().default(true).describe('Whether each request is logged in one line.'),
});

export const api = z.strictObject({
  kind: z.enum(['rest', 'http']).default('rest').describe('The product of API Gateway.'),
  name: z.string().min(1).max(128).optional().describe('The name shown in the console.'),
  description: z.string().max(1024).optional().describe('The description shown in the console.'),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,128}$/, 'a stage name of letters, digits and underscores')
    .default('v1')
    .describe('The stage, which is also the first part of the path.'),
  handler: reference.describe('The function that answers: `fn.<name>`.'),
  domain: domainName.optional().describe('The host name.'),
  certificate: certificate.describe('`auto` (requested for you) or the ARN of an ACM certificate.'),
  authorizer: authorizer.default({ kind: 'none' }).describe('Who may call.'),
  cors: cors.optional().describe('Which web pages may call.'),
  validation: z
    .enum(['none', 'body', 'params', 'both'])
    .default('none')
    .describe('What API Gateway checks before the function is called.'),
  throttle: z
    .strictObject({
      burst: z.number().int().min(0).max(10000).describe('Requests at once.'),
      rate: z.number().min(0).max(20000).describe('Requests per second.'),
    })
    .optional()
    .describe('The most requests that are let through.'),
  logging: logging.prefault({}).describe('What is logged.'),
  cacheGb: z
    .literal([0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237])
    .optional()
    .describe('Size of the response cache in GB. No cache when absent.'),
  minCompressionBytes: z
    .number()
    .int()
    .min(0)
    .max(10485760)
    .optional()
    .describe('Answers from this size on are compressed.'),
  apiKeys: z.boolean().default(false).describe('Whether callers need an API key.'),
  smoke: smokeRequests.default([]).describe('What must answer: paths, or requests with what is expected of them.'),
});
export type Api = z.output<typeof api>;
