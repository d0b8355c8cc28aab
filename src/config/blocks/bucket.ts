import { z } from 'zod';

export const bucket = z.strictObject({
  access: z
    .enum(['private', 'cdn', 'public-read'])
    .default('private')
    .describe('Who reads it: the application alone, CloudFront as well, or everybody.'),
  versioned: z.boolean().default(false).describe('Whether overwritten and deleted objects are kept as versions.'),
  cors: z
    .array(z.string().min(1))
    .default([])
    .describe('Origins of web pages that may read and upload with presigned URLs.'),
  expireOldVersionsDays: z.number().int().min(1).optional().describe('Days until an old version is deleted.'),
  infrequentAfterDays: z
    .number()
    .int()
    .min(30)
    .optional()
    .describe('Days until an object moves to the infrequent-access class; S3 takes 30 or more.'),
  onDelete: z
    .enum(['destroy', 'retain'])
    .describe('What becomes of the objects when the bucket leaves the configuration or the environment is destroyed.'),
});
