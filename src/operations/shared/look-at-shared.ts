import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { sharedDatabases } from '../databases/shared-databases.ts';

type Mode = 'export' | 'consume';

/** The contract of `shared list --json`, `shared export --json` and `shared join --json`. */
export interface SharedOutcome {
  environment: string;
  mode: Mode;
  prefix: string;
  account: string;
  region: string;
  values: SharedValue[];
  /** With `export`: stacks of others that were given this network. */
  consumers: string[];
  /** With `consume`: secrets with the login of a database in the provider's cluster, and whether they are there. */
  logins: { database: string; databaseName: string; secret: string; there: boolean }[];
  /** What keeps a consumer from being deployed; empty: nothing. */
  lacks: string[];
}

export interface SharedValue {
  /** Below the prefix. */
  name: string;
  /** Null: there is no such parameter. */
  value: string | null;
  /** Whether this environment cannot do without: to consume what it uses, or to have exported what it has. */
  needed: boolean;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** What one environment lends to others, or borrows, by the parameters that hold it. Only looks. */
export async function lookAtShared(session: Powers, wanted?: Mode): Promise<SharedOutcome> {
  const { aws, environment, target } = session;
  const { shared } = environment.blocks;
  if (shared.mode === 'none' || (wanted && shared.mode !== wanted)) throw notShared(environment.name, wanted);
  const { mode, prefix } = shared;
  const needed = mode === 'export' ? exported(session) : consumed(session);
  const values = await fewAtATime(
    NAMES,
    async (name) => ({
      name,
      value: (await aws.ssm.parameter(`${prefix}/${name}`)) ?? null,
      needed: needed.includes(name),
    }),
    5,
  );
  const vpcId = values.find(({ name }) => name === 'network/vpc-id')?.value;
  const [consumers, logins] = await Promise.all([
    mode === 'export' && vpcId ? stacksIn(session, vpcId) : [],
    mode === 'consume' ? loginsOf(session) : [],
  ]);
  const lacks = [
    ...values.filter((one) => one.needed && one.value === null).map(({ name }) => `${prefix}/${name}`),
    ...logins.filter(({ there }) => !there).map(({ secret }) => `secret ${secret}`),
  ];
  return {
    environment: environment.name,
    mode,
    prefix,
    account: target.account,
    region: target.region,
    values,
    consumers,
    logins,
    lacks,
  };
}

/** Throws `shared-not-ready` (exit 1) with what is to be done first. */
export function requireReady(outcome: SharedOutcome, next: readonly string[]): void {
  const { environment, lacks, mode } = outcome;
  if (lacks.length > 0)
    throw new PlatformError({
      id: 'shared-not-ready',
      kind: 'failed',
      message: `${environment} cannot ${mode === 'export' ? 'be joined' : 'join'} yet: there is no ${lacks.join(', no ')}`,
      remedy: next.join('; then '),
      details: { ...outcome },
    });
}

/** In the order in which they build on each other. Older providers and consumers know them by these names. */
const NAMES = [
  'network/vpc-id',
  'network/availability-zones',
  'network/public-subnet-ids',
  'network/private-subnet-ids',
  'network/isolated-subnet-ids',
  'alb/arn',
  'alb/dns-name',
  'alb/security-group-id',
  'alb/https-listener-arn',
  'alb/origin-secret-arn',
  'database/cluster-endpoint',
  'database/security-group-id',
  'database/proxy-endpoint',
  'database/master-secret-arn',
] as const;
type Name = (typeof NAMES)[number];

const hasServices = ({ environment }: Powers): boolean => Object.keys(environment.blocks.services).length > 0;
const hasHttp = ({ environment }: Powers): boolean =>
  Object.values(environment.blocks.services).some(({ http }) => http !== undefined);

/** What a deployment of a provider writes. */
function exported(session: Powers): Name[] {
  const { databases } = session.environment.blocks;
  const own = Object.values(databases).some(({ engine }) => engine !== 'shared');
  return [
    ...(hasServices(session)
      ? ([
          'network/vpc-id',
          'network/availability-zones',
          'network/public-subnet-ids',
          'network/private-subnet-ids',
          'alb/arn',
          'alb/dns-name',
          'alb/security-group-id',
          'alb/https-listener-arn',
        ] as const)
      : []),
    ...(own
      ? (['database/cluster-endpoint', 'database/security-group-id', 'database/master-secret-arn'] as const)
      : []),
  ];
}

function consumed(session: Powers): Name[] {
  const { blocks } = session.environment;
  const standsInside =
    hasServices(session) ||
    Object.values(blocks.functions).some(({ uses }) => uses.some((one) => one.startsWith('db.'))) ||
    blocks.migrations !== undefined;
  return [
    ...(standsInside ? (['network/vpc-id', 'network/private-subnet-ids'] as const) : []),
    ...(hasHttp(session)
      ? (['alb/arn', 'alb/dns-name', 'alb/security-group-id', 'alb/https-listener-arn'] as const)
      : []),
    ...(sharedDatabases(session.environment).length > 0
      ? (['database/cluster-endpoint', 'database/security-group-id'] as const)
      : []),
  ];
}

/** A consumer is a stack that was given the network's id and is none of ours. */
async function stacksIn({ aws, environment }: Powers, vpcId: string): Promise<string[]> {
  const own = `${environment.project}-${environment.name}-`;
  return (await aws.cloudFormation.stacks())
    .filter(({ StackName = '', Parameters = [] }) => {
      return !StackName.startsWith(own) && Parameters.some(({ ParameterValue }) => ParameterValue === vpcId);
    })
    .map(({ StackName }) => StackName!)
    .sort();
}

async function loginsOf({ aws, environment }: Powers): Promise<SharedOutcome['logins']> {
  const secrets = environmentSecrets(environment);
  return Promise.all(
    sharedDatabases(environment).map(async (name) => {
      const { secretName } = secrets.find((secret) => secret.name === `databases.${name}`)!;
      const found = await aws.secrets.describe(secretName);
      return {
        database: name,
        databaseName: environment.blocks.databases[name]!.databaseName,
        secret: secretName,
        there: found !== undefined && !found.DeletedDate,
      };
    }),
  );
}

const notShared = (environment: string, wanted: Mode | undefined) =>
  new PlatformError({
    id: 'shared-mode',
    kind: 'usage',
    message: `${environment} ${wanted === 'export' ? 'lends nothing to others' : wanted === 'consume' ? 'uses nothing of another environment' : 'shares nothing'}`,
    remedy: `write shared: { mode: ${wanted ?? 'export'}, prefix: /shared/<name> } for it in platform.yaml`,
  });
