import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { Evidence } from '../../diagnosis/cause.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { DatabaseFinding } from '../../domain/database-findings.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { type FoundDatabase, isProtected } from './find-databases.ts';
import { openLeases } from './open-leases.ts';
import { pathFinding, proxyFindings, stateFinding } from './outside-findings.ts';

export interface SickDatabase {
  database: FoundDatabase;
  detail: string;
  failure: string | null;
  remedy: string;
  evidence: Evidence;
  /** The stack whose recovery makes again what is gone. */
  recovers?: string;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** What the control plane tells against databases: their state, the way to them, their proxy (F-78, F-83, F-84). */
export async function sickDatabases(
  session: Powers,
  stacks: readonly FoundStack[],
  found: readonly FoundDatabase[],
): Promise<SickDatabase[]> {
  const looked = await Promise.all(
    found.map(async (database) => {
      const state = stateFinding(database);
      const findings = await Promise.all([
        [state],
        pathsOf(session, stacks, database),
        // What a proxy says of a database that does not run follows from that.
        database.proxy && state.status === 'ok' ? proxyOf(session, database) : [],
      ]);
      return findings.flat().flatMap((finding) => sickOf(session, database, finding));
    }),
  );
  return looked.flat();
}

/** From the tasks of each service that uses it. */
function pathsOf(session: Powers, stacks: readonly FoundStack[], database: FoundDatabase): Promise<DatabaseFinding[]> {
  const { services } = session.environment.blocks;
  const runtime = stacks.find(({ id }) => id === 'runtime');
  const told = runtime ? stackOutputs(runtime.stack) : {};
  const port = database.live.cluster?.Port ?? database.live.instance?.Endpoint?.Port ?? 5432;
  const users = Object.keys(services).flatMap((component) => {
    const securityGroup = told[outputs.runtime.taskSecurityGroup(component)];
    const uses = services[component]!.uses.includes(`db.${database.name}`);
    return uses && securityGroup ? [{ component, securityGroup }] : [];
  });
  const live = database.live.cluster ?? database.live.instance;
  const groups = live.VpcSecurityGroups?.map((one) => one.VpcSecurityGroupId!) ?? [];
  const { region } = database;
  return Promise.all(users.map((user) => pathFinding(session, { port, groups, region }, user)));
}

async function proxyOf(session: Powers, { name, outputs: told, proxy, region }: FoundDatabase) {
  const secretId = told[outputs.data.databaseSecretArn(name)];
  return secretId === undefined ? [] : proxyFindings(session, { secretId }, proxy!, region);
}

const CALLS: Readonly<Record<string, readonly [call: string, read: string]>> = {
  path: ['ec2:DescribeSecurityGroupRules', 'SecurityGroupRules'],
  proxy: ['rds:DescribeDBProxyTargets', 'Targets[].TargetHealth'],
  'proxy-secret': ['rds:DescribeDBProxies', 'DBProxies[0].Auth'],
};

function sickOf({ environment }: Powers, database: FoundDatabase, finding: DatabaseFinding): SickDatabase[] {
  if (finding.status !== 'failed') return [];
  const { id, detail, failure, remedy } = finding;
  const cluster = database.live.cluster !== undefined;
  const [call, read] = CALLS[id] ?? [
    cluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances',
    cluster ? 'DBClusters[0].Status' : 'DBInstances[0].DBInstanceStatus',
  ];
  const recovers = /^platform recover (\w+)/.exec(remedy ?? '')?.[1];
  const stood = id === 'state' ? (database.live.cluster?.Status ?? database.live.instance?.DBInstanceStatus) : detail;
  return [
    {
      database,
      detail,
      failure,
      remedy: remedy ?? `platform db status ${database.name} ${environmentFlags(environment)}`,
      evidence: evidenceOf(call, read, stood),
      ...(recovers === undefined ? {} : { recovers }),
    },
  ];
}

/** Versions that RDS has withdrawn: what runs goes on, and can be neither made nor restored again (F-75). */
export async function withdrawnVersions(
  session: Pick<Session, 'aws'>,
  found: readonly FoundDatabase[],
): Promise<{ database: FoundDatabase; live: string; newest: string | undefined }[]> {
  const looked = await Promise.all(
    found.map(async (database) => {
      const live = (database.live.cluster ?? database.live.instance).EngineVersion ?? '';
      const engine = database.live.cluster ? 'aurora-postgresql' : 'postgres';
      const offered = await session.aws.in(database.region).rds.engineVersions(engine, live.split('.')[0]!);
      return offered.includes(live) ? [] : [{ database, live, newest: offered.at(-1) }];
    }),
  );
  return looked.flat();
}

/** Databases whose template protects them, and that somebody has unprotected outside of any lease (F-85). */
export async function unprotectedDatabases(
  session: Powers & Pick<Session, 'clock'>,
  found: readonly FoundDatabase[],
): Promise<FoundDatabase[]> {
  const leases = await openLeases(session);
  const leased = new Set(leases.map(({ lease }) => lease.resource.id));
  return found.filter(
    (one) => String(one.properties.DeletionProtection) === 'true' && !isProtected(one) && !leased.has(one.id),
  );
}
