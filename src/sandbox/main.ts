import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takeLock } from './server-lock.ts';

const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    speed: { type: 'string' },
    port: { type: 'string' },
    build: { type: 'string' },
    'idle-minutes': { type: 'string', default: '15' },
  },
});
const directory = values.directory!;

// Before anything is loaded: of several servers that are started at once all but one end here.
const lock = takeLock(directory);
if (lock) await serve(lock);

/** Runs until told to stop, or until nobody has asked anything for a while. */
async function serve(owned: { release(): void }): Promise<void> {
  // Halves the start; a server that is killed would never write the cache on its way out.
  enableCompileCache();
  const { CONTROL_PATH, controlRoute } = await import('./control.ts');
  const { Sandbox } = await import('./sandbox.ts');
  const token = randomBytes(32).toString('hex');
  const state = { idleMinutes: Number(values['idle-minutes']) };
  const serverFile = join(directory, 'server.json');

  const { findMachine } = await import('./machine/find-machine.ts');
  const sandbox = await Sandbox.start({
    directory,
    machine: await findMachine(directory, process.env),
    ...(values.speed === undefined ? {} : { speed: Number(values.speed) }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    routes: { [CONTROL_PATH]: (...given) => control(...given) },
  });
  const control = controlRoute(token, state, { sandbox: () => sandbox, stop: () => void stop() });

  const draft = `${serverFile}.draft`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, port: sandbox.port, token, build: values.build }), {
    mode: 0o600,
  });
  chmodSync(draft, 0o600);
  renameSync(draft, serverFile);
  flushCompileCache();

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      rmSync(serverFile, { force: true });
      await sandbox.close();
      owned.release();
      process.exitCode = 0;
      clearInterval(watch);
    })();
    return stopping;
  };
  const watch = setInterval(() => {
    if (state.idleMinutes > 0 && sandbox.idleMs > state.idleMinutes * 60_000) void stop();
  }, 5_000);
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}
