import { z } from 'zod';

const deadLetters = z.strictObject({
  maxReceive: z.number().int().min(1).max(1000).default(3).describe('Attempts until a message is set aside.'),
  retentionDays: z.number().min(1).max(14).default(14).describe('Days for which set-aside messages are kept.'),
});

export const queue = z.strictObject({
  fifo: z.boolean().default(false).describe('Whether messages keep their order and arrive once.'),
  visibilitySeconds: z
    .number()
    .int()
    .min(0)
    .max(43200)
    .optional()
    .describe(
      'Seconds for which a received message is hidden. Six times the consumer’s timeout plus its batch window when absent; 30 without a consumer.',
    ),
  retentionDays: z.number().min(1).max(14).default(4).describe('Days for which unread messages are kept.'),
  dlq: z
    .union([z.literal(false), deadLetters])
    .prefault({})
    .describe('The dead-letter queue, or false for none.'),
});
