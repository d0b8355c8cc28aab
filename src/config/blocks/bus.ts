import { z } from 'zod';

export const bus = z.strictObject({
  name: z
    .string()
    .regex(/^(?!aws\.)[A-Za-z0-9._-]{1,256}$/, 'a bus name of letters, digits, dots, hyphens and underscores')
    .optional()
    .describe('A fixed name of the event bus. Generated when absent.'),
  archiveDays: z
    .number()
    .int()
    .min(1)
    .max(36500)
    .optional()
    .describe('Days for which events are archived. No archive when absent.'),
});
