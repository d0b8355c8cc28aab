import { z } from 'zod';

const isPattern = (text: string) => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

const key = z.strictObject({
  from: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name')
    .optional()
    .describe('The variable in `.env.<environment>` that holds the value, when it is not the key itself.'),
  default: z
    .string()
    .optional()
    .describe('The value when the file has none. May contain `${…}` references. Never a real secret.'),
  required: z.boolean().default(true).describe('Whether a deployment without this key is refused.'),
  pattern: z
    .string()
    .max(500)
    .refine(isPattern, 'a regular expression')
    .optional()
    .describe('A regular expression that the value must match.'),
  type: z
    .enum(['text', 'pem', 'list', 'url'])
    .default('text')
    .describe('How the value is checked and written: plain text, a PEM block, a comma-separated list, a URL.'),
  generate: z
    .strictObject({
      length: z.number().int().min(16).max(4096).default(50).describe('Characters to generate.'),
      alphabet: z
        .enum(['urlsafe', 'django', 'hex'])
        .default('urlsafe')
        .describe('Which characters: safe in URLs, those of Django’s own generator, or hexadecimal.'),
    })
    .optional()
    .describe('Makes a random value once, when there is none yet.'),
  phase: z
    .enum(['before-deploy', 'after-deploy'])
    .default('before-deploy')
    .describe(
      '`after-deploy` for values that exist only once the application is up, such as a webhook secret; they may be empty in the first deployment.',
    ),
  hint: z.string().max(500).optional().describe('Where a person finds the value.'),
});

export const secret = z.strictObject({
  path: z
    .string()
    .regex(
      /^(?=.{1,400}$)(?:[A-Za-z0-9/_+=.@-]|\{(?:project|env|name)\})+$/,
      'a Secrets Manager name: letters, digits and /_+=.@-, with {project}, {env}, {name} filled in',
    )
    .optional()
    .describe(
      'The name in Secrets Manager; `{project}`, `{env}` and `{name}` are filled in. `naming.secret` when absent.',
    ),
  source: z
    .enum(['env-file', 'generated', 'existing'])
    .default('env-file')
    .describe(
      'Who owns the values: `platform secrets push` from `.env.<environment>`, generated once by the stack, or somebody else.',
    ),
  keys: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,254}$/, 'a key of letters, digits, underscores, dots and hyphens'),
      z.union([key, z.null()]).transform((spec) => spec ?? key.parse({})),
    )
    .default({})
    .describe('The keys of the secret and what is known of each. A key alone (`API_KEY:`) takes the defaults.'),
});
export type SecretKey = z.output<typeof key>;
