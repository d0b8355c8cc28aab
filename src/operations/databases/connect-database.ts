import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { freePort, type OpenPort, openPort, requirePlugin } from '../../process/port-forward.ts';
import { findPsql, type PsqlConnection, runPsql } from '../../process/psql.ts';
import { type Credentials, credentialsOf, type DatabaseAccess, databaseAccess } from './database-access.ts';
import { pathFinding, stateFinding } from './outside-findings.ts';
import { tunnelTask } from './tunnel-task.ts';

export interface ConnectInput {
  name: string;
  localPort?: number;
  component?: string;
  /** For psql. */
  words: readonly string[];
}

/** The contract of `db connect --json`. */
export interface ConnectOutcome {
  environment: string;
  database: string;
  /** On the other side. */
  host: string;
  /** On 127.0.0.1; null on a dry run that did not choose one. */
  localPort: number | null;
  component: string;
  task: string;
  /** Null: there is no psql here, or nobody ran it. */
  psql: { exitCode: number } | null;
  dryRun: boolean;
}

/** With these words Session Manager goes on from a container to another host. */
const DOCUMENT = 'AWS-StartPortForwardingSessionToRemoteHost';

/**
 * Opens a port of this machine that leads through a running task to the database: no bastion, nothing open to the
 * internet. Each thing that it needs is looked at first, and told apart. Runs psql where there is one; else it stays
 * until Ctrl-C.
 */
export async function connectDatabase(session: Session, input: ConnectInput): Promise<ConnectOutcome> {
  const { environment, flags, reporter, signal, variables } = session;
  const { name, words } = input;
  const access = await databaseAccess(session, name);
  const [, task, psql] = await Promise.all([
    requirePlugin(variables),
    tunnelTask(session, name, input.component),
    findPsql(variables),
  ]);
  await requireWay(session, access, task);
  const credentials = await credentialsOf(session, access);
  const outcome = {
    environment: environment.name,
    database: name,
    host: access.host,
    localPort: input.localPort ?? null,
    component: task.component,
    task: task.task,
    psql: null,
    dryRun: flags.dryRun,
  };
  if (flags.dryRun) return outcome;
  if (words.length > 0 && !psql) throw noPsql();

  const localPort = input.localPort ?? (await freePort());
  const request = {
    Target: task.target,
    DocumentName: DOCUMENT,
    Parameters: { host: [access.host], portNumber: [String(access.port)], localPortNumber: [String(localPort)] },
  };
  const response = await session.aws.ssm.startSession(request);
  let port: OpenPort | undefined;
  try {
    port = await openPort({ session: response, request, region: session.target.region }, { variables, signal });
    reporter.note(
      `databases.${name} answers on 127.0.0.1:${localPort}, through task ${task.task} of ${task.component}`,
    );
    const connection = { port: localPort, name: access.name, ...credentials };
    const ran = psql ? await withPsql(session, psql, { words, connection, port }) : undefined;
    if (!psql) await stay(session, { connection, port });
    return { ...outcome, localPort, psql: ran === undefined ? null : { exitCode: ran } };
  } finally {
    await port?.close();
    await session.aws
      .uninterrupted()
      .ssm.terminateSession(response.SessionId)
      .catch((error: Error) => reporter.debug(`ending session ${response.SessionId}: ${error.message}`));
  }
}

async function requireWay(
  session: Session,
  access: DatabaseAccess,
  { component, securityGroup }: { component: string; securityGroup: string },
): Promise<void> {
  const state = access.found ? [stateFinding(access.found)] : [];
  const path = access.groups.length > 0 ? [await pathFinding(session, access, { component, securityGroup })] : [];
  const failed = [...state, ...path].find(({ status }) => status === 'failed');
  if (failed) throw noWay(failed.detail, failed.remedy ?? 'platform db test says more');
}

async function withPsql(
  { flags, variables }: Session,
  program: string,
  { words, connection, port }: { words: readonly string[]; connection: PsqlConnection; port: OpenPort },
): Promise<number> {
  const ran = runPsql(program, words, connection, { variables, onlyErrors: flags.json });
  const cut = port.ended.then((line) => Promise.reject(tunnelEnded(line)));
  cut.catch(() => undefined);
  return Promise.race([ran, cut]);
}

/** Until Ctrl-C, or until the other side ends it. */
async function stay(
  { reporter, signal }: Session,
  {
    connection,
    port,
  }: { connection: Pick<PsqlConnection, 'port' | 'name'> & Pick<Credentials, 'user'>; port: OpenPort },
): Promise<void> {
  reporter.note(
    `psql is not on PATH. From another: psql "host=127.0.0.1 port=${connection.port} dbname=${connection.name} user=${connection.user} sslmode=require"; platform db url --reveal shows the password. Ctrl-C ends it`,
  );
  const left = new Promise<'left'>((resolve) => {
    if (signal.aborted) resolve('left');
    signal.addEventListener('abort', () => resolve('left'), { once: true });
  });
  const line = await Promise.race([left, port.ended]);
  if (line !== 'left') throw tunnelEnded(line);
}

const noWay = (detail: string, remedy: string) =>
  new PlatformError({
    id: 'database-unreachable',
    kind: 'failed',
    message: `No way to the database: ${detail}`,
    remedy,
  });

const noPsql = () =>
  new PlatformError({
    id: 'psql-missing',
    kind: 'failed',
    message: 'There is no psql on PATH to hand these words to',
    remedy: 'install the PostgreSQL client, or leave them out: the port is opened for any client',
  });

const tunnelEnded = (line: string) =>
  new PlatformError({
    id: 'tunnel-ended',
    kind: 'failed',
    message: `The session to the task has ended${line ? `: ${line}` : ''}`,
    remedy: 'a deployment or a scaling has taken its task away, or it was idle for long: run this again',
  });
