import { builtinName } from '../../domain/builtin-functions.ts';
import type { Database } from '../blocks/database.ts';
import { type Finding, PROD_ERROR, PROD_WARNING, type Rule, type RuleContext } from './rule.ts';

/** Says something of each database. */
const each = (
  say: (
    database: Database,
    context: RuleContext,
    name: string,
  ) => [field: string, message: string, remedy: string] | undefined,
) =>
  function* (context: RuleContext): Iterable<Finding> {
    for (const [name, database] of Object.entries(context.blocks.databases)) {
      const said = say(database, context, name);
      if (said)
        yield {
          path: ['databases', name, ...said[0].split('.').filter(Boolean)],
          message: `databases.${name}: ${said[1]}`,
          remedy: said[2],
        };
    }
  };

/** Aurora pauses from these releases on. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
const PAUSES_FROM: Readonly<Record<number, number>> = { 13: 15, 14: 12, 15: 7, 16: 3 };

function canPause(version: string): boolean {
  const [major = 0, minor] = version.split('.').map(Number);
  return major > 16 || (PAUSES_FROM[major] !== undefined && (minor === undefined || minor >= PAUSES_FROM[major]));
}

const RESERVED_USERS = ['admin', 'rdsadmin', 'rdsrepladmin', 'rdstopmgr', 'rdsproxyadmin'];

export const DATABASE_RULES: readonly Rule[] = [
  {
    id: 'database-acu',
    title: 'An Aurora database says its capacity',
    severity: 'error',
    waivable: false,
    check: each(({ engine, acu }) =>
      engine === 'aurora-postgres' && !acu ? ['acu', 'acu is missing', 'add acu: { min: 0.5, max: 4 }'] : undefined,
    ),
  },
  {
    id: 'database-instance',
    title: 'An RDS instance says its class',
    severity: { sandbox: 'error', dev: 'error', staging: 'error', prod: 'error' },
    waivable: false,
    check: each(({ engine, instance }) =>
      engine === 'postgres-instance' && !instance
        ? ['instance', 'instance is missing', 'add instance: { class: db.t4g.micro }']
        : undefined,
    ),
  },
  {
    id: 'database-unused-setting',
    title: 'A database has no settings of another engine',
    severity: 'warning',
    check: each(({ engine, acu, instance, readers, proxy }) => {
      if (engine !== 'aurora-postgres' && acu)
        return ['acu', `acu does nothing with engine ${engine}`, 'acu: null removes it'];
      if (engine !== 'postgres-instance' && instance)
        return ['instance', `instance does nothing with engine ${engine}`, 'instance: null removes it'];
      if (engine !== 'aurora-postgres' && readers > 0)
        return ['readers', `readers do nothing with engine ${engine}`, 'remove readers'];
      return engine === 'shared' && proxy
        ? ['proxy', 'the proxy belongs to the environment that shares its cluster', 'write proxy: false']
        : undefined;
    }),
  },
  {
    id: 'acu-range',
    title: 'The greatest capacity is above the least',
    severity: 'error',
    check: each(({ acu }) =>
      acu && acu.max <= acu.min
        ? ['acu.max', `acu.max ${acu.max} is not above acu.min ${acu.min}`, 'raise acu.max or lower acu.min']
        : undefined,
    ),
  },
  {
    id: 'pause-minimum',
    title: 'A database that pauses may go down to 0 ACU',
    severity: 'error',
    check: each(({ acu }) =>
      acu?.autoPauseMinutes !== undefined && acu.min !== 0
        ? [
            'acu.autoPauseMinutes',
            `pausing after ${acu.autoPauseMinutes} minutes needs acu.min 0, it is ${acu.min}`,
            'write min: 0, or remove autoPauseMinutes',
          ]
        : undefined,
    ),
  },
  {
    id: 'pause-proxy',
    title: 'A database that pauses has no proxy',
    severity: 'error',
    check: each(({ acu, proxy }) =>
      acu?.min === 0 && proxy
        ? [
            'proxy',
            'a proxy keeps connections open, so a database with acu.min 0 never pauses',
            'write proxy: false, or acu.min 0.5',
          ]
        : undefined,
    ),
  },
  {
    id: 'pause-version',
    title: 'A database that pauses is of a version that can',
    severity: 'error',
    check: each(({ acu, version }) =>
      acu?.min === 0 && !canPause(version)
        ? [
            'version',
            `PostgreSQL ${version} cannot pause`,
            'write version: "16" (16.3, 15.7, 14.12 and 13.15 are the first that can)',
          ]
        : undefined,
    ),
  },
  {
    id: 'prod-pause',
    title: 'A production database never pauses',
    severity: PROD_ERROR,
    check: each(({ acu }) =>
      acu?.min === 0
        ? ['acu.min', 'the database pauses, and its next user waits about 15 seconds', 'write acu.min 0.5 or more']
        : undefined,
    ),
  },
  {
    id: 'shared-engine',
    title: 'A shared database has an environment to share with',
    severity: 'error',
    check: each(({ engine }, { blocks }) =>
      engine === 'shared' && blocks.shared.mode !== 'consume'
        ? [
            'engine',
            `engine shared needs shared.mode consume, it is ${blocks.shared.mode}`,
            'add shared: { mode: consume, prefix: /… }',
          ]
        : undefined,
    ),
  },
  {
    id: 'database-subnets',
    title: 'A database stands in subnets that exist',
    severity: 'error',
    check: each(({ subnets, engine }, { blocks: { network, shared } }) => {
      if (engine === 'shared' || shared.mode === 'consume' || subnets !== 'isolated') return undefined;
      if (network.existing && network.existing.isolatedSubnets.length === 0)
        return [
          'subnets',
          'network.existing names no isolated subnets',
          'add isolatedSubnets, or write subnets: private',
        ];
      return !network.existing && !network.isolated
        ? ['subnets', 'the network has no isolated subnets', 'write network.isolated: true, or subnets: private']
        : undefined;
    }),
  },
  {
    id: 'database-username',
    title: 'The master user has a name that RDS takes',
    severity: 'error',
    check: each(({ credentials: { username } }) =>
      RESERVED_USERS.includes(username)
        ? ['credentials.username', `RDS keeps the user name ${username} for itself`, 'write username: dbadmin']
        : undefined,
    ),
  },
  {
    id: 'rotation-url',
    title: 'A rotated password reaches who uses it',
    severity: 'warning',
    check: each(({ rotationDays }, { blocks }, name) => {
      if (rotationDays === undefined) return undefined;
      // Services get fresh tasks; nobody restarts a function, and those that ship read the secret again.
      const keep = Object.entries(blocks.functions)
        .filter(([, { source, uses }]) => builtinName(source) === undefined && uses.includes(`db.${name}`))
        .map(([fn]) => fn);
      return keep.length > 0
        ? [
            'rotationDays',
            `${keep.join(', ')} may keep the password that was read when the process began, and is refused after a rotation`,
            'read the secret again when a login is refused (code 28P01), then waive rotation-url',
          ]
        : undefined;
    }),
  },
  {
    id: 'rotation-shared',
    title: 'Only who owns a database rotates its password',
    severity: 'error',
    waivable: false,
    check: each(({ engine, rotationDays }) =>
      engine === 'shared' && rotationDays !== undefined
        ? ['rotationDays', 'the login of a shared database is not rotated', 'rotationDays: null removes it']
        : undefined,
    ),
  },
  {
    id: 'rotation-network',
    title: 'What rotates a password reaches Secrets Manager',
    severity: 'error',
    check: each(({ engine, rotationDays }, { blocks: { network } }) =>
      rotationDays !== undefined &&
      engine !== 'shared' &&
      !network.existing &&
      network.nat === 'none' &&
      !network.endpoints.includes('secretsmanager')
        ? [
            'rotationDays',
            'the function that rotates stands in private subnets, which lead nowhere',
            'add network.nat, or network.endpoints: [secretsmanager]',
          ]
        : undefined,
    ),
  },
  {
    id: 'prod-protection',
    title: 'A production database is protected against deletion',
    severity: PROD_ERROR,
    check: each(({ engine, protect }) =>
      engine !== 'shared' && !protect ? ['protect', 'protect is false', 'write protect: true'] : undefined,
    ),
  },
  {
    id: 'prod-on-delete',
    title: 'Production data outlives its environment',
    severity: PROD_ERROR,
    check: function* ({ blocks }) {
      for (const [name, { engine, onDelete }] of Object.entries(blocks.databases))
        if (engine !== 'shared' && onDelete === 'destroy')
          yield {
            path: ['databases', name, 'onDelete'],
            message: `databases.${name}: the data is destroyed with the environment`,
            remedy: 'write onDelete: snapshot',
          };
      for (const [name, { onDelete }] of Object.entries(blocks.buckets))
        if (onDelete === 'destroy')
          yield {
            path: ['buckets', name, 'onDelete'],
            message: `buckets.${name}: the objects are destroyed with the environment`,
            remedy: 'write onDelete: retain',
          };
    },
  },
  {
    id: 'prod-readers',
    title: 'A production database survives the loss of an availability zone',
    severity: PROD_WARNING,
    check: each(({ engine, readers, instance }) => {
      if (engine === 'aurora-postgres' && readers === 0)
        return [
          'readers',
          'without a reader the database is away for minutes when its machine fails',
          'write readers: 1',
        ];
      return engine === 'postgres-instance' && instance && !instance.multiAz
        ? [
            'instance.multiAz',
            'without a standby the database is away for long when its machine fails',
            'write multiAz: true',
          ]
        : undefined;
    }),
  },
  {
    id: 'prod-backups',
    title: 'Production backups are kept for a week',
    severity: PROD_WARNING,
    check: each(({ engine, backupDays }) =>
      engine !== 'shared' && backupDays < 7
        ? ['backupDays', `backups are kept for ${backupDays} days only`, 'write backupDays: 7 or more']
        : undefined,
    ),
  },
];
