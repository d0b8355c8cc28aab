import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { lockOwner } from '../server-lock.ts';

/**
 * A program of its own beside a server that runs real things: when the server is killed, its end of the pipe closes.
 * The next command starts another server, which goes on with them; when none comes, they are stopped here, so that
 * nothing runs for ever. A server that ends in order ends this one too.
 */
const { values } = parseArgs({
  options: { directory: { type: 'string' }, patience: { type: 'string', default: '60' } },
});
const directory = values.directory!;

for await (const _ of process.stdin);
const until = Date.now() + 1000 * Number(values.patience);
while (Date.now() < until && lockOwner(directory) === undefined) await wait(500);
if (lockOwner(directory) === undefined) await stopEverything();

async function stopEverything(): Promise<void> {
  const { Engine } = await import('./engine.ts');
  const { pauseContainers } = await import('../services/ecs/runtime/real/find-again.ts');
  const engine = await Engine.find(process.env);
  if (engine) await pauseContainers(engine, directory, existsSync(directory) ? directory : undefined);
  const { dataFolder } = await import('./postgres/data-directory.ts');
  const { endOrphan } = await import('./postgres/database-server.ts');
  const { serverAccount } = await import('./postgres/run-program.ts');
  const folder = dataFolder(directory, serverAccount());
  if (existsSync(folder)) for (const name of readdirSync(folder)) await endOrphan(join(folder, name));
}
