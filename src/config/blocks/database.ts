import { z } from 'zod';

/** Aurora counts capacity in halves; 256 is its ceiling. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html */
const capacity = z.number().multipleOf(0.5).max(256);

const acu = z.strictObject({
  min: capacity
    .min(0)
    .describe('The least capacity in ACU (one is about 2 GiB of memory), in steps of 0.5. 0 lets the database pause.'),
  max: capacity.min(1).describe('The most capacity in ACU.'),
  autoPauseMinutes: z
    .number()
    .int()
    .min(5)
    .max(1440)
    .optional()
    .describe('Minutes without a connection until the database pauses. Needs `min: 0`.'),
});

const instance = z.strictObject({
  class: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, 'an instance class, such as db.t4g.micro')
    .describe('The instance class.'),
  storageGb: z.number().int().min(20).max(65536).default(20).describe('Disk size in GiB.'),
  multiAz: z.boolean().default(false).describe('Whether a standby runs in a second availability zone.'),
});

const credentials = z.strictObject({
  username: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,15}$/, 'a user name of lower-case letters, digits and underscores, at most 16 characters')
    .default('dbadmin')
    .describe('The master user.'),
  passwordLength: z.number().int().min(16).max(99).default(32).describe('Characters of the generated password.'),
  urlSecret: z
    .boolean()
    .default(false)
    .describe('Whether the secret also holds a whole connection URL, injected as `DATABASE_URL`.'),
});

export const database = z.strictObject({
  engine: z
    .enum(['aurora-postgres', 'postgres-instance', 'shared'])
    .default('aurora-postgres')
    .describe(
      'Aurora Serverless v2, one RDS instance, or a database on the cluster of another environment (`shared`).',
    ),
  version: z
    .string()
    .regex(/^\d{2}(?:\.\d{1,2})?$/, 'a PostgreSQL version in quotes, such as "16" or "16.4"')
    .default('16')
    .describe('The PostgreSQL version; a major version means its newest release.'),
  databaseName: z
    .string()
    .regex(
      /^[a-z][a-z0-9_]{0,62}$/,
      'a database name of lower-case letters, digits and underscores that begins with a letter, at most 63 characters',
    )
    .describe('The database inside the server.'),
  identifier: z
    .string()
    .regex(
      /^(?=.{1,63}$)(?!.*--)(?:[a-z]|\{(?:project|env)\})(?:(?:[a-z0-9-]|\{(?:project|env)\})*(?:[a-z0-9]|\{(?:project|env)\}))?$/,
      'an identifier of lower-case letters, digits and single hyphens that begins with a letter, {project} and {env} allowed',
    )
    .optional()
    .describe(
      'A fixed name of the cluster or instance; `{project}` and `{env}` are filled in. Generated when absent, which allows replacement.',
    ),
  acu: acu.optional().describe('The capacity of `aurora-postgres`.'),
  instance: instance.optional().describe('The machine of `postgres-instance`.'),
  readers: z
    .number()
    .int()
    .min(0)
    .max(15)
    .default(0)
    .describe('Aurora readers beside the writer; one makes it highly available.'),
  proxy: z
    .boolean()
    .default(false)
    .describe('Whether an RDS Proxy pools connections. A proxied database never pauses.'),
  subnets: z.enum(['isolated', 'private']).default('isolated').describe('Where the database stands.'),
  credentials: credentials.prefault({}).describe('The master credentials, generated into Secrets Manager.'),
  rotationDays: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Days after which the password is rotated and the services that hold it get fresh tasks. Off when absent.',
    ),
  backupDays: z.number().int().min(1).max(35).describe('Days for which automatic backups are kept.'),
  protect: z.boolean().describe('Whether AWS refuses to delete the database.'),
  onDelete: z
    .enum(['destroy', 'snapshot', 'retain'])
    .describe('What becomes of the data when the database leaves the configuration or the environment is destroyed.'),
  enhancedMonitoring: z
    .union([z.literal(false), z.literal([1, 5, 10, 15, 30, 60])])
    .default(false)
    .describe('Seconds between measurements of the operating system, or false.'),
  logs: z.boolean().default(true).describe('Whether the PostgreSQL log goes to CloudWatch.'),
});
export type Database = z.output<typeof database>;
