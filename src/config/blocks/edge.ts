import { z } from 'zod';

export const edge = z.strictObject({
  waf: z.boolean().default(false).describe('Whether a web application firewall stands before sites and load balancer.'),
  ratePer5Min: z
    .number()
    .int()
    .min(10)
    .max(2000000000)
    .default(2000)
    .describe('Requests per address in five minutes until it is blocked.'),
  originVerify: z
    .boolean()
    .default(false)
    .describe('Whether the load balancer answers only to requests that come through CloudFront.'),
});
