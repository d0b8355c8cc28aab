import { z } from 'zod';

const member = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name of letters, digits and underscores');
const NAMES = '[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*';
/** Dollars and hashes mean something in templates. */
const TEXT = "'[^'$#\\\\]*'";

const fromRequest = z
  .string()
  .regex(
    new RegExp(
      `^(?:${TEXT}|body(?:\\.${NAMES})?|(?:path|query)\\.\\w+|header\\.[A-Za-z0-9-]+|authorizer\\.${NAMES}|context\\.(?:requestId|httpMethod|stage|resourcePath|identity\\.sourceIp))$`,
    ),
    "a part of the request, such as body.order.id, path.id, query.page, header.X-Tenant, authorizer.userId, context.requestId, or a 'text' in quotes",
  );

const fromAnswer = z
  .string()
  .regex(
    new RegExp(`^(?:${TEXT}|answer(?:\\.${NAMES})?)$`),
    "a part of the answer, such as answer.id, or a 'text' in quotes",
  );

export const routeTransform = z.strictObject({
  request: z
    .record(member, fromRequest)
    .refine((values) => Object.keys(values).length > 0, 'at least one value')
    .describe('What the function is given as its event, by name: `orderId: body.order.id`, `user: authorizer.userId`.'),
  response: z
    .record(member, fromAnswer)
    .optional()
    .describe('What the caller is answered, by name: `id: answer.orderId`. What the function returns when absent.'),
  status: z.number().int().min(200).max(299).default(200).describe('The status where the function does not throw.'),
  errors: z
    .record(z.string().regex(/^[45]\d\d$/, 'a status from 400 to 599'), z.string().min(1))
    .default({})
    .describe('Statuses by what the message of an error matches: `"404": "not found.*"`. All others are 500.'),
});
