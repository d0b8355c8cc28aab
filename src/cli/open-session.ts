import { join } from 'node:path';
import { Aws } from '../aws/aws.ts';
import type { Connection } from '../aws/connection.ts';
import { loadCdk } from '../cdk/load-cdk.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Session } from '../context.ts';
import { passFence } from './account-fence.ts';
import type { CliContext } from './cli-context.ts';
import { localConnection } from './local-connection.ts';
import { realConnection } from './real-connection.ts';
import { sandboxConnection } from './sandbox-connection.ts';

const POLL_MS = 2_000;
/** The sandbox's time runs fast, but it shares this machine: looking more often would slow it down. */
const SANDBOX_POLL_MS = 150;

/** Decides where the environment lives, signs for it, and passes the account fence before anything else is asked. */
export async function openSession(context: CliContext): Promise<Session> {
  const { project, environment } = await context.configured();
  const workDirectory = join(project.root, '.platform');
  const cdkHome = join(workDirectory, 'sandbox', 'cdk');

  const debug = (text: string) => context.reporter.debug(text);
  const connection = {
    ...(await connectionOf(context, environment, workDirectory)),
    ...(context.flags.debug ? { debug } : {}),
  };
  const { account, principal } = await passFence(new Aws({ ...connection, hurried: true }), environment, context);
  const aws = new Aws({ ...connection, account });
  const { expiration } = await aws.connection.credentials();
  const session: Session = {
    ...parts(context),
    project: () => context.project(),
    configured: () => context.configured(),
    profiles: () => context.profiles(),
    containerEngine: () => context.containerEngine(),
    templates: context.templates,
    open: () => context.open(),
    beside: (name) => context.beside(name),
    sandboxServer: () => context.sandboxServer(),
    platform: (words) => context.platform(words),
    environment,
    workDirectory,
    aws,
    cdk: loadCdk(aws.connection, { environment: process.env, cdkHome, debug, bundle: context.bundle }),
    target: {
      account,
      region: connection.region,
      sandbox: environment.sandboxed,
      principal,
      pollMs: context.pollMs ?? (environment.sandboxed ? SANDBOX_POLL_MS : POLL_MS),
      ...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),
      ...(expiration === undefined ? {} : { credentialsEndAt: expiration.getTime() }),
      ...(environment.sandboxed ? { cdkHome } : {}),
    },
  };
  const { rearmLeases } = await import('../operations/databases/rearm-leases.ts');
  context.alongside(rearmLeases(session));
  return session;
}

function connectionOf(
  context: CliContext,
  environment: EffectiveEnvironment,
  workDirectory: string,
): Promise<Connection> | Connection {
  if (environment.sandboxed && environment.endpoint === undefined)
    return sandboxConnection(
      {
        ...parts(context),
        connectSandbox: (options) => context.connectSandbox(options),
      },
      environment,
      workDirectory,
    );
  return environment.kind === 'local' ? localConnection(context, environment) : realConnection(context, environment);
}

const parts = ({ flags, reporter, prompter, clock, signal, directory, variables }: CliContext) => ({
  flags,
  reporter,
  prompter,
  clock,
  signal,
  directory,
  variables,
});
