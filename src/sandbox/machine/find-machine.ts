import { Engine } from './engine.ts';
import { Guard } from './guard.ts';
import type { Machine } from './machine.ts';
import { Databases } from './postgres/databases.ts';
import { findPostgres } from './postgres/find-programs.ts';

/** What this machine can run for the sandbox of a directory. */
export async function findMachine(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Omit<Machine, 'port'>> {
  const [engine, postgres] = await Promise.all([Engine.find(environment), findPostgres(directory, environment)]);
  return {
    engine,
    databases: postgres && new Databases(directory, postgres),
    owner: directory,
    guard: new Guard(directory),
  };
}
