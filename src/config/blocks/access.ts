import { z } from 'zod';

export const RIGHTS = ['look', 'operate', 'deploy'] as const;

/** Never a whole account and no wildcard: whoever is let in is named. */
const principal = z
  .string()
  .regex(
    /^(?:arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/[\w+=,.@/-]{1,512}|sso:[\w+=,.@-]{1,32})$/,
    'the ARN of an IAM role or user, or sso:<permission set>',
  );

export const accessGroup = z.strictObject({
  may: z
    .enum(RIGHTS)
    .default('look')
    .describe(
      '`look`: see how it stands, and change nothing. `operate`: also restart, scale, pause, run commands and shells, send queues forward. `deploy`: all that `platform deploy` and `destroy` need.',
    ),
  principals: z
    .array(principal)
    .min(1)
    .max(20)
    .describe(
      'Who may take the role on: IAM roles and users by ARN, and permission sets of IAM Identity Center as `sso:<name>`.',
    ),
  readsSecrets: z
    .boolean()
    .optional()
    .describe(
      'Whether they may read the values of secrets. By default those who operate or deploy may, because that looks for keys that are missing; `platform diff` needs it too.',
    ),
  mfa: z.boolean().default(true).describe('Whether IAM users need a second factor for it.'),
  sessionHours: z.number().int().min(1).max(12).default(1).describe('How long they may act with it at a time.'),
});
export type AccessGroup = z.output<typeof accessGroup>;
