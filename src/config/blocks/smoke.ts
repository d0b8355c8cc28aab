import { z } from 'zod';

const address = z.string().regex(/^\/[\x21-\x7e]*$/, 'a path that begins with /');
const status = z.number().int().min(100).max(599);

const request = z.strictObject({
  path: address.describe('The path that is asked for.'),
  method: z
    .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    .default('GET')
    .describe('The method. With `origin` and OPTIONS it is the preflight of a web page.'),
  status: z
    .union([status, z.array(status).min(1)])
    .default(200)
    .describe('The status, or those that are right.'),
  json: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What the answer’s JSON must hold, among other things: `{ status: ok }`.'),
  text: z.string().min(1).optional().describe('What the answer must hold somewhere.'),
  contentType: z.string().min(1).optional().describe('How the answer’s Content-Type begins: `image/webp`.'),
  body: z.record(z.string(), z.unknown()).optional().describe('The JSON that is sent.'),
  origin: z
    .url({ protocol: /^https?$/, error: 'an origin such as https://app.example.com' })
    .optional()
    .describe('The web page that asks: the answer must allow it.'),
  token: z
    .enum(['none', 'required'])
    .default('none')
    .describe('`required`: sends the bearer token of `--token-from`; skipped and said without one.'),
});
export type SmokeRequest = z.output<typeof request>;

/** A path alone is a GET that has to answer with 200. */
export const smokeRequests = z.array(z.union([address, request]));

export type SmokeSpec = z.output<typeof smokeRequests>[number];

export const smokeRequestOf = (one: SmokeSpec): SmokeRequest =>
  typeof one === 'string' ? request.parse({ path: one }) : one;
