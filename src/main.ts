import { enableCompileCache } from 'node:module';

enableCompileCache();

/** Runs one command line in this process. Everything else is imported below the cache, which halves the loading. */
export async function main(argv: readonly string[]): Promise<void> {
  const { processSurroundings } = await import('./io/process-surroundings.ts');
  const { run } = await import('./cli/run.ts');
  process.exitCode = await run(argv, processSurroundings());
}
