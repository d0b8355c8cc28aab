import { z } from 'zod';

export const bootstrap = z.strictObject({
  qualifier: z
    .string()
    .regex(/^[a-z0-9]{1,10}$/, 'one to ten lower-case letters and digits')
    .default('hnb659fds')
    .describe('The qualifier of the CDK bootstrap resources.'),
  permissionsBoundary: z
    .string()
    .regex(/^(?:arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/)?[\w+=,.@/-]{1,512}$/, 'the name or ARN of an IAM policy')
    .optional()
    .describe('An IAM policy, by name or ARN, that bounds every role that is made.'),
});
