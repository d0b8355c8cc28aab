import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { PlatformError } from '../errors/platform-error.ts';
import { hidesTokens, PLUGIN, PLUGIN_PAGE, type PluginStart, pluginArgs, pluginVersion } from './session-plugin.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const OPENS_WITHIN_MS = 30_000;
const ENDS_WITHIN_MS = 3_000;

export interface OpenPort {
  /** Resolves when the plugin has ended by itself, with what it said last. */
  ended: Promise<string>;
  close(): Promise<void>;
}

/** Throws what to install where there is no plugin, or one that is too old. */
export async function requirePlugin(variables: Variables): Promise<void> {
  const version = await pluginVersion(variables);
  if (version === undefined) throw pluginMissing();
  if (!hidesTokens(version)) throw pluginOld(version);
}

/** Starts the plugin for a session and waits until its local port is open. */
export async function openPort(
  start: Omit<PluginStart, 'endpoint'>,
  { variables, signal }: { variables: Variables; signal: AbortSignal },
): Promise<OpenPort> {
  const { args, variables: own } = pluginArgs({ ...start, endpoint: endpoint(start.region) });
  const plugin = spawn(PLUGIN, args, {
    env: { ...variables, ...own } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches us, and we end it when psql has ended.
    detached: true,
  });
  let said = '';
  const opened = Promise.withResolvers<void>();
  const hear = (text: Buffer) => {
    said = `${said}${text}`.slice(-4_000);
    if (said.includes('Waiting for connections')) opened.resolve();
  };
  plugin.stdout!.on('data', hear);
  plugin.stderr!.on('data', hear);
  const ended = once(plugin, 'exit').then(() => said.trim().split('\n').at(-1) ?? '');
  const close = () => endProcess(plugin);
  const late = setTimeout(() => opened.reject(portNotOpened('it took longer than 30 s')), OPENS_WITHIN_MS);
  const stop = () => opened.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  void ended.then((line) => opened.reject(portNotOpened(line || 'it ended and said nothing')));
  try {
    signal.throwIfAborted();
    await opened.promise;
    return { ended, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
  await gone;
  clearTimeout(harder);
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const endpoint = (region: string): string =>
  `https://ssm.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const pluginMissing = () =>
  new PlatformError({
    id: 'session-plugin-missing',
    kind: 'failed',
    message: 'The way to the database goes through session-manager-plugin, which is not on PATH',
    remedy: `install it: ${PLUGIN_PAGE}`,
  });

const pluginOld = (version: string) =>
  new PlatformError({
    id: 'session-plugin-old',
    kind: 'failed',
    message: `session-manager-plugin ${version} takes the token of a session on its command line, where others see it`,
    remedy: `install a version after 1.2.497.0: ${PLUGIN_PAGE}`,
  });

const portNotOpened = (why: string) =>
  new PlatformError({
    id: 'session-port-closed',
    kind: 'failed',
    message: `session-manager-plugin did not open the port: ${why}`,
    remedy: '--local-port chooses another; platform db test says whether a task reaches the database',
  });
