import type { Session } from '../../context.ts';
import { type DatabaseFinding, insideFindings } from '../../domain/database-findings.ts';
import { askDatabase, databaseClientPlace } from './ask-database.ts';
import { databaseAccess } from './database-access.ts';
import { outsideFindings } from './outside-findings.ts';

/** The contract of `db test --json`. */
export interface DatabaseTestOutcome {
  environment: string;
  database: string;
  /** Whose task asked; null on a dry run. */
  component: string | null;
  task: string | null;
  /** No container ran: the sandbox had no engine, and what only one inside can tell is unknown. */
  simulated: boolean;
  results: DatabaseFinding[];
  dryRun: boolean;
}

/** What the newest schema rights and connections say; asked for together with the login. */
const QUESTIONS = [
  "SELECT has_schema_privilege(current_user, 'public', 'CREATE')",
  "SELECT count(*) || ' of ' || current_setting('max_connections') FROM pg_stat_activity",
] as const;

/**
 * Network, TLS, login and version apart from each other, from a task where the application's stand, beside what the
 * control plane tells from outside (F-78 … F-84, F-89). Changes nothing but that a task runs.
 */
export async function testDatabase(
  session: Session,
  { name, component }: { name: string; component?: string },
): Promise<DatabaseTestOutcome> {
  const { environment, flags, reporter } = session;
  const access = await databaseAccess(session, name);
  const client = await databaseClientPlace(session, name, access, component);
  const outside = await reporter.step('Looking from outside', () => outsideFindings(session, access, client));
  const common = { environment: environment.name, database: name };
  if (flags.dryRun) {
    reporter.note(`would ask from a task of ${client.place.component}`);
    return { ...common, component: null, task: null, simulated: false, results: outside, dryRun: true };
  }
  const { host, port } = access;
  const { answers, task } = await askDatabase(session, client, {
    host,
    port,
    name: access.name,
    sql: QUESTIONS.map((sql) => [null, sql, null] as const),
    startedBy: 'platform/db-test',
  });
  const why = task.simulated
    ? 'simulated: no container ran, the sandbox found no container engine'
    : answers.length > 0
      ? 'not reached'
      : `the task did not say: its image has neither a shell with node or python3, or its entry point runs something else (${task.stoppedReason ?? 'no reason'}). --component names another`;
  return {
    ...common,
    component: client.place.component,
    task: task.task,
    simulated: task.simulated,
    results: [...outside, ...insideFindings(answers, why), ...answered(answers)],
    dryRun: false,
  };
}

function answered(answers: Parameters<typeof insideFindings>[0]): DatabaseFinding[] {
  const rowOf = (index: number) => {
    const found = answers.find(({ step, ok }) => step === `sql.${index}` && ok);
    return (found?.detail.rows as unknown[] | undefined)?.[0];
  };
  const [mayCreate, connections] = [rowOf(0), rowOf(1)];
  return [
    ...(mayCreate === undefined
      ? []
      : [
          {
            id: 'rights',
            status: mayCreate === 't' ? ('ok' as const) : ('failed' as const),
            detail: mayCreate === 't' ? 'may create in schema public' : 'may not create in schema public',
            failure: mayCreate === 't' ? null : 'F-89',
            remedy:
              mayCreate === 't' ? null : 'platform db create grants what PostgreSQL 15 and later do not by themselves',
          },
        ]),
    ...(connections === undefined ? [] : [connectionsFinding(String(connections))]),
  ];
}

/** What is left is for the superuser and for the next deployment's tasks. */
function connectionsFinding(text: string): DatabaseFinding {
  const [used = 0, most = 0] = text.split(' of ').map(Number);
  const full = most > 0 && used / most > 0.8;
  return {
    id: 'connections',
    status: full ? 'failed' : 'ok',
    detail: `${text} connections in use`,
    failure: full ? 'F-82' : null,
    remedy: full ? 'lower the pools of the tasks, raise acu.min, or set proxy: true' : null,
  };
}
