import { fitName } from '../../infra/names.ts';
import type { OnDelete } from '../../infra/setting-values.ts';
import type { BucketSettings, DatabaseSettings, QueueSettings, SecretSettings } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';

type Block<K extends 'databases' | 'secrets' | 'buckets' | 'queues'> = Blocks[K][string];

interface Names {
  project: string;
  env: string;
  /** Template of secret names with {project}, {env} and {name}. */
  secret: string;
}

const filled = (template: string, { project, env }: Names, name: string): string =>
  template.replaceAll('{project}', project).replaceAll('{env}', env).replaceAll('{name}', name);

export function databaseSettings(
  name: string,
  database: Block<'databases'>,
  { names, version }: { names: Names; version: string | undefined },
): DatabaseSettings {
  const { acu, instance, credentials, identifier, onDelete } = database;
  const secretName = (key: string) => filled(perEnvironment(names.secret), names, `databases/${name}/${key}`);
  return {
    engine: database.engine,
    version: version ?? database.version,
    databaseName: database.databaseName,
    ...(identifier ? { identifier: fitName(filled(identifier, names, name), 63) } : {}),
    port: 5432,
    ...(acu ? { capacity: capacity(acu) } : {}),
    ...(database.engine === 'postgres-instance' ? { instance: instance ?? SMALLEST } : {}),
    readers: database.readers,
    proxy: database.proxy,
    subnets: database.subnets,
    credentials: {
      username: credentials.username,
      passwordLength: credentials.passwordLength,
      // A block's name has no slash, so no secret of the configuration can have the same name.
      secretName: secretName('credentials'),
      ...(credentials.urlSecret ? { urlSecretName: secretName('url') } : {}),
      // A snapshot is restored with a password of its own, and a secret that stayed would be in the way of the next one.
      onDelete: onDelete === 'retain' ? 'retain' : 'destroy',
    },
    backupDays: database.backupDays,
    protect: database.protect,
    onDelete,
    enhancedMonitoringSeconds: database.enhancedMonitoring,
    exportLogs: database.logs,
  };
}

/**
 * Environments of one account may share the secrets of an application, but never the credentials of their databases: a
 * consumer of shared infrastructure would find those of its provider's master under the name of its own.
 */
const perEnvironment = (template: string): string => (template.includes('{env}') ? template : '{project}/{env}/{name}');

/** Kind `local` may leave the machine out: an emulator has none, but its API wants one named. */
const SMALLEST = { class: 'db.t4g.micro', storageGb: 20, multiAz: false };

const capacity = ({ min, max, autoPauseMinutes }: NonNullable<Block<'databases'>['acu']>) => ({
  min,
  max,
  ...(autoPauseMinutes === undefined ? {} : { pauseAfterSeconds: autoPauseMinutes * 60 }),
});

/** Secrets Manager generates one value per secret: with more keys the CLI makes it, as it does for an env file. */
export function secretSettings(
  name: string,
  { source, path, keys }: Block<'secrets'>,
  { names, onDelete }: { names: Names; onDelete: OnDelete },
): Extract<SecretSettings, { secretName: string }> {
  const secretName = filled(path ?? names.secret, names, name);
  const [only, ...others] = Object.entries(keys);
  if (source !== 'generated' || !only || others.length > 0) return { source: 'referenced', secretName };
  const [key, { generate }] = only;
  return {
    source: 'generated',
    secretName,
    key,
    length: generate?.length ?? 50,
    alphabet: generate?.alphabet ?? 'urlsafe',
    onDelete,
  };
}

export function bucketSettings(bucket: Block<'buckets'>, isShown: boolean): BucketSettings {
  const { access, versioned, cors, expireOldVersionsDays, infrequentAfterDays, onDelete } = bucket;
  return {
    access: access === 'public-read' ? 'public-read' : 'private',
    policyOwner: isShown ? 'sites' : 'data',
    versioned,
    corsOrigins: cors,
    ...(expireOldVersionsDays === undefined ? {} : { expireOldVersionsDays }),
    ...(infrequentAfterDays === undefined ? {} : { infrequentAfterDays }),
    onDelete,
  };
}

export function queueSettings(
  name: string,
  { fifo, visibilitySeconds, retentionDays, dlq }: Block<'queues'>,
  { blocks, deadLetters }: { blocks: Blocks; deadLetters: OnDelete },
): QueueSettings {
  return {
    fifo,
    visibilitySeconds: visibilitySeconds ?? visibilityFor(name, blocks),
    retentionDays,
    dlq: dlq && { ...dlq, onDelete: deadLetters },
    onDelete: 'destroy',
  };
}

/**
 * Six times what a consumer may take, as Lambda advises, and the wait for its batch (F-97); SQS's own 30 s without one.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function visibilityFor(queue: string, { functions }: Blocks): number {
  const wanted = Object.values(functions).flatMap(({ trigger, timeoutSeconds }) =>
    trigger?.on === 'queue' && trigger.queue === `queue.${queue}` ? [timeoutSeconds * 6 + trigger.windowSeconds] : [],
  );
  return Math.min(Math.max(30, ...wanted), 43_200);
}
