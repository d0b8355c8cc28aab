import { join } from 'node:path';
import type { Connection } from '../aws/connection.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { fileError } from '../errors/file-error.ts';
import { sandboxNotStarted } from '../errors/sandbox-not-started.ts';
import type { ConnectSandbox } from '../io/surroundings.ts';

/**
 * The way to the embedded AWS: keys made for its account, an endpoint of its own, and nothing of what is around.
 * Starts the project's sandbox when it does not run.
 */
export async function sandboxConnection(
  {
    connectSandbox,
    flags,
    signal,
    variables,
  }: Pick<Context, 'flags' | 'signal' | 'variables'> & {
    connectSandbox: ConnectSandbox;
  },
  { account = '000000000000', region }: Pick<EffectiveEnvironment, 'account' | 'region'>,
  workDirectory: string,
): Promise<Connection> {
  const { endpoint } = await sandboxServer({ connectSandbox, flags }, workDirectory);
  return {
    account,
    region,
    endpoint,
    fenced: true,
    credentials: async () => ({ accessKeyId: `AKIA${account}SBOX`, secretAccessKey: 'of-the-sandbox' }),
    signal,
    variables,
  };
}

/** The project's sandbox itself, which is started when it does not run. */
export async function sandboxServer(
  { connectSandbox, flags }: Pick<Context, 'flags'> & { connectSandbox: ConnectSandbox },
  workDirectory: string,
): ReturnType<ConnectSandbox> {
  const directory = join(workDirectory, 'sandbox');
  return connectSandbox({ directory, ...(flags.speed === undefined ? {} : { speed: flags.speed }) }).catch(
    (cause: Error) => Promise.reject(fileError(cause) ?? sandboxNotStarted(directory, cause)),
  );
}
