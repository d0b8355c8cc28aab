import { hostname } from 'node:os';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { DatabaseAnswer } from '../../domain/database-answers.ts';
import { scramVerifier } from '../../domain/secrets/scram-verifier.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeAudit } from '../../release/audit-trail.ts';
import { randomText } from '../../release/made-up-secret.ts';
import { tenantStatements } from '../../release/tenant-sql.ts';
import { Secret } from '../../secret.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { oneOffFailure } from '../tasks/one-off-failure.ts';
import { askDatabase, databaseClientPlace } from './ask-database.ts';
import { type DatabaseAccess, databaseAccess } from './database-access.ts';
import { findDatabases } from './find-databases.ts';
import { leasePlace } from './lease-place.ts';
import { sharedDatabases } from './shared-databases.ts';

export interface CreateTenantInput {
  /** Of the database inside the server. */
  tenant: string;
  /** Block of the server; absent where there is one. */
  server?: string;
  role?: string;
  /** Name of the secret with its credentials. */
  secret?: string;
  component?: string;
}

/** The contract of `db create --json`. */
export interface CreateTenantOutcome {
  environment: string;
  /** Block of the server. */
  server: string;
  database: string;
  role: string;
  secret: { name: string; created: boolean };
  task: string | null;
  /** No container ran: the secret is there, the database is not. */
  simulated: boolean;
  dryRun: boolean;
}

/** Letters and digits alone fit into a URL as they are (D11). */
const PASSWORD_LENGTH = 40;

/**
 * A database of its own for another application, in a server of this environment, with a role that owns it and a secret
 * with its credentials. As often as it is run, it comes to the same. The password is in the secret alone: the server is
 * given its verifier.
 */
export async function createTenant(session: Session, input: CreateTenantInput): Promise<CreateTenantOutcome> {
  const { environment, flags, prompter, target } = session;
  const lock = await lazyLock(session, { command: 'db create' });
  const server = input.server ?? (await onlyServer(session));
  const access = await databaseAccess(session, server);
  if (!access.found) throw notTheOwner(server);
  const { tenant } = input;
  const role = input.role ?? tenant;
  const name = input.secret ?? `${environment.project}/${environment.name}/tenants/${tenant}`;
  const { live, outputs: told } = access.found;
  const master = (live.cluster ?? live.instance).MasterUsername ?? '';
  if (role === master || tenant === access.name) throw notATenant(tenant, role, server);
  const client = await databaseClientPlace(session, server, access, input.component);
  const held = await credentialsIn(session, name, role);
  const outcome = { environment: environment.name, server, database: tenant, role, simulated: false, task: null };
  await prompter.ask({
    text: `Create the database ${tenant} with its role ${role} in databases.${server} (${access.found.id}, ${target.sandbox ? 'sandbox, ' : ''}account ${target.account}), its credentials in secret ${name}?`,
  });
  if (flags.dryRun) return { ...outcome, secret: { name, created: held === undefined }, dryRun: true };
  try {
    await lock.take();
    // Before the role: whoever dies in between finds the password again, and the role is given it once more.
    const password = held ?? (await newCredentials(session, { name, role, tenant, access }));
    const { answers, task } = await askDatabase(session, client, {
      // Past the proxy, which would keep the connections of a database that is only being made.
      host: told[outputs.data.databaseEndpoint(server)] ?? access.host,
      port: access.port,
      name: access.name,
      sql: tenantStatements({ database: tenant, role, verifier: scramVerifier(password.reveal()), owner: name }),
      startedBy: 'platform/db-create',
    });
    const failed = answers.find(({ ok }) => !ok);
    if (failed) throw refused(tenant, role, failed);
    const failure = oneOffFailure(task, { what: `The SQL of database ${tenant}` });
    if (failure) throw failure;
    if (!task.simulated && answers.length === 0) throw notRun(tenant, task.task);
    await writeAudit(leasePlace(session).objects, environment.name, {
      at: new Date(session.clock.now()).toISOString(),
      event: 'tenant-created',
      thing: access.found.thing,
      principal: target.principal,
      host: hostname(),
      database: tenant,
      role,
      secret: name,
    });
    return {
      ...outcome,
      secret: { name, created: held === undefined },
      task: task.task,
      simulated: task.simulated,
      dryRun: false,
    };
  } finally {
    await lock.release();
  }
}

async function onlyServer(session: Session): Promise<string> {
  const names = (await findDatabases(session)).map((one) => one.name);
  if (names.length === 1) return names[0]!;
  const shared = sharedDatabases(session.environment);
  if (names.length === 0 && shared.length > 0) throw notTheOwner(shared[0]!);
  throw whichServer(session.environment.name, names);
}

/** The password that the secret holds; undefined where there is no secret yet. */
async function credentialsIn({ aws }: Session, name: string, role: string): Promise<Secret | undefined> {
  const described = await aws.secrets.describe(name);
  if (!described) return undefined;
  if (described.DeletedDate) throw beingDeleted(name);
  const text = (await aws.secrets.value(name))?.text?.reveal();
  let found: { username?: unknown; password?: unknown } = {};
  try {
    found = JSON.parse(text ?? '{}') ?? {};
  } catch {
    throw otherSecret(name, role);
  }
  if (found.username !== role || typeof found.password !== 'string' || found.password === '')
    throw otherSecret(name, role);
  return new Secret(`${name}#password`, found.password);
}

/** In the shape that AWS's own clients and rotation expect: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html */
async function newCredentials(
  { aws, environment }: Session,
  { name, role, tenant, access }: { name: string; role: string; tenant: string; access: DatabaseAccess },
): Promise<Secret> {
  const password = randomText(PASSWORD_LENGTH, 'urlsafe').replaceAll(/[-_]/g, '0');
  const { host, port } = access;
  const value = { engine: 'postgres', host, port, dbname: tenant, username: role, password };
  await aws.secrets.create(name, new Secret(name, JSON.stringify(value)), {
    tags: { 'platform:project': environment.project, 'platform:environment': environment.name },
  });
  return new Secret(`${name}#password`, password);
}

const notTheOwner = (server: string) =>
  new PlatformError({
    id: 'tenant-not-of-owner',
    kind: 'usage',
    message: `databases.${server} lies in the cluster of another environment (engine shared): its master's rights are there`,
    remedy:
      'run this in the project and environment that owns the cluster, with --secret <name of the secret that is missing here>',
  });

const whichServer = (environment: string, names: readonly string[]) =>
  new PlatformError({
    id: 'tenant-server-open',
    kind: 'usage',
    message: `${environment} has ${names.length === 0 ? 'no database server' : `several: ${names.join(', ')}`}`,
    remedy:
      names.length === 0
        ? `platform deploy --env ${environment} makes those of platform.yaml`
        : `--in ${names.join(' | --in ')}`,
  });

const notATenant = (tenant: string, role: string, server: string) =>
  new PlatformError({
    id: 'tenant-is-master',
    kind: 'usage',
    message: `${tenant} with role ${role} is databases.${server} itself, not a tenant of it`,
    remedy: 'choose another name, or another --role',
  });

const beingDeleted = (name: string) =>
  new PlatformError({
    id: 'tenant-secret-deleted',
    kind: 'failed',
    message: `Secret ${name} is scheduled for deletion (F-91)`,
    remedy: `aws secretsmanager restore-secret --secret-id ${name}, then run this again; or choose another --secret`,
  });

const otherSecret = (name: string, role: string) =>
  new PlatformError({
    id: 'tenant-secret-other',
    kind: 'failed',
    message: `Secret ${name} is there and does not hold a password of ${role}; it is left as it is`,
    remedy: 'choose another --secret, or the --role that it holds',
  });

const refused = (tenant: string, role: string, { step, detail }: DatabaseAnswer) =>
  new PlatformError({
    id: 'tenant-refused',
    kind: 'failed',
    message: `The server did not make database ${tenant} with role ${role} (${step}): ${String(detail.message)}${detail.code ? ` (${String(detail.code)})` : ''}`,
    remedy: step.startsWith('sql')
      ? 'what is there under these names is somebody else’s: choose others; what was done stays, and running this again goes on'
      : 'platform db test says what is in the way; then run this again',
  });

const notRun = (tenant: string, task: string) =>
  new PlatformError({
    id: 'tenant-not-run',
    kind: 'failed',
    message: `Task ${task} said nothing of database ${tenant}: its image has neither a shell with node or python3, or its entry point runs something else`,
    remedy: 'name a service that has: --component <name>; then run this again',
  });
