import { Engine } from './engine.ts';
import type { Machine } from './machine.ts';

/** What this machine can run for the sandbox of a directory. */
export async function findMachine(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Omit<Machine, 'port'>> {
  return { engine: await Engine.find(environment), owner: directory };
}
