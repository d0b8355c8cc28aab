import { enableCompileCache, flushCompileCache } from 'node:module';

// A sandbox that has loaded everything but its state, and opens that when it is told where it is: so that killing
// two hundred of them takes a minute and not ten.

/** Small, so that snapshots are written while servers are being killed. */
const FOLD_AT_BYTES = 24 * 1024;

// Compiling is most of the start, and a process that will be killed has to write its cache itself.
enableCompileCache();
const { Sandbox } = await import('../sandbox/sandbox.ts');
const { loadService } = await import('../sandbox/services/load-service.ts');
await Promise.all(['s3', 'sqs'].map((name) => loadService(name)));
flushCompileCache();
process.on('disconnect', () => process.exit());
process.once('message', async ({ directory }: { directory: string }) => {
  const { port } = await Sandbox.start({ directory, foldAtBytes: FOLD_AT_BYTES });
  process.send!({ port });
});
process.send!({ ready: true });
