import { z } from 'zod';

const prefix = z
  .string()
  .regex(/^(?!\/(?:aws|ssm)(?:\/|$))(?:\/[A-Za-z0-9_.-]+)+$/i, 'a parameter path such as /shared-infra/prod')
  .describe('The path of the SSM parameters that hold what is shared.');

export const shared = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none').describe('Nothing is shared.') }),
  z.strictObject({
    mode: z.literal('export').describe('Others may use the network, load balancer and database of this environment.'),
    prefix,
  }),
  z.strictObject({ mode: z.literal('consume').describe('This environment uses those of another.'), prefix }),
]);
