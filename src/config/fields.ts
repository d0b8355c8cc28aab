import { z } from 'zod';

/*
 * Messages in this schema finish the sentence "expected …": `explain-issue.ts` puts the value and the path before them.
 */

/** Kinds of block that `uses`, triggers and the rest may point at. */
export const REFERABLE = ['db', 'secret', 'queue', 'bus', 'bucket', 'service', 'fn', 'api', 'site'] as const;
export type Referable = (typeof REFERABLE)[number];

export const NAME = /^[a-z][a-z0-9-]{0,30}$/;

export const name = z
  .string()
  .regex(NAME, 'a name of lower-case letters, digits and hyphens that begins with a letter, at most 31 characters');

/** A map of blocks of one type under names that the user chooses. */
export const named = <T extends z.ZodType>(block: T) => z.record(name, block).default({});

export const reference = z
  .string()
  .regex(new RegExp(`^(?:${REFERABLE.join('|')})\\.[a-z][a-z0-9-]{0,30}$`), 'a reference to a block, such as db.main');

export const uses = z.array(reference).default([]);

/** `secret.app#KEY`. */
export const secretKeyReference = z
  .string()
  .regex(/^secret\.[a-z][a-z0-9-]{0,30}#[^#\s]+$/, 'a key of a secret, such as secret.app#API_KEY');

/** Values become text, as a process sees them. */
export const environmentVariables = z
  .record(
    z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a variable name of upper-case letters, digits and underscores'),
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
  )
  .default({});

export const domainName = z
  .string()
  .max(253)
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'a host name in lower case without scheme, port or path, such as app.example.com',
  );

export const arn = z
  .string()
  .regex(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:.+/, 'an ARN, such as arn:aws:acm:…');

export const certificate = z.union([z.literal('auto'), z.literal('none'), arn]).default('auto');

/** A path that is only text here: whether it may be read is decided by `project-path.ts`. */
export const path = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[^\0-\x1f]*$/, 'a path');

/** `rate(5 minutes)` or `cron(0 20 ? * MON-FRI *)`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const scheduleExpression = z
  .string()
  .regex(/^(?:rate\(\d+ (?:minute|hour|day)s?\)|cron\([^()]+\))$/, 'rate(5 minutes) or cron(0 20 ? * MON-FRI *)')
  .describe('When it runs: `rate(5 minutes)` or `cron(0 20 ? * MON-FRI *)`, in UTC.');

export const command = z.array(z.string().min(1)).min(1);

/** An optional group whose fields partly have their default from the kind: by the time zod looks, they are filled in. */
export const filledByKind = <T extends z.ZodType>(group: T) => group.prefault({} as z.input<T>);
