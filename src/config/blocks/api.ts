import { z } from 'zod';
import { certificate, domainName, reference, secretKeyReference } from '../fields.ts';
import { routeTransform } from './route-transform.ts';
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

const METHODS = ['ANY', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];

const routeKey = z
  .string()
  .regex(
    new RegExp(`^(?:${METHODS.join('|')}) (?:/(?:[A-Za-z0-9._~-]+|\\{[A-Za-z0-9_]+\\}))+$`),
    'a method and a path, such as "POST /events" or "GET /events/{id}"',
  );

const route = z.strictObject({
  handler: reference.optional().describe('The function that answers; that of the API when absent.'),
  open: z.boolean().default(false).describe('Whether everybody may call it, past the authorizer of the API.'),
  scopes: z
    .array(z.string().min(1))
    .default([])
    .describe('Scopes of a token of which one is needed. With `jwt` of an HTTP API, and with `cognito`.'),
  body: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('JSON schema (draft 4) that a body has to keep; API Gateway answers others with 400. REST only.'),
  transform: routeTransform
    .optional()
    .describe('The function is given and answers plain values, and API Gateway translates. REST only.'),
});

const quota = z.strictObject({
  limit: z.number().int().min(1).describe('Requests per period and key.'),
  period: z.enum(['day', 'week', 'month']).describe('When counting begins anew.'),
});

export const api = z.strictObject({
  kind: z.enum(['rest', 'http']).default('rest').describe('The product of API Gateway.'),
  name: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe(
      'The name shown in the console, by which CloudWatch counts a REST API. `<project>-<environment>-<name>` when absent.',
    ),
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
  waf: z
    .boolean()
    .default(false)
    .describe('Whether a web application firewall stands before it, with the rate of `edge.ratePer5Min`. REST only.'),
  cacheGb: z
    .literal([0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237])
    .optional()
    .describe('Size of the response cache in GB. No cache when absent. Answers to GET are kept for five minutes.'),
  cacheQuery: z
    .array(z.string().regex(/^[A-Za-z0-9._$-]{1,128}$/, 'the name of a query parameter'))
    .optional()
    .describe('Query parameters by which answers differ: the cache looks at no other. `[]` when none does.'),
  minCompressionBytes: z
    .number()
    .int()
    .min(0)
    .max(10485760)
    .optional()
    .describe('Answers from this size on are compressed.'),
  apiKeys: z.boolean().default(false).describe('Whether callers need an API key.'),
  quota: quota.optional().describe('The most requests that each API key may send. Needs `apiKeys`.'),
  routes: z
    .record(routeKey, route)
    .default({})
    .describe('Requests that are answered in a way of their own: `POST /events`. All others go to `handler`.'),
  smoke: smokeRequests.default([]).describe('What must answer: paths, or requests with what is expected of them.'),
});
export type Api = z.output<typeof api>;
