import type { Engine } from './engine.ts';
import type { Guard } from './guard.ts';
import type { Databases } from './postgres/databases.ts';

/** What this machine lends to a sandbox, so that things really run. */
export interface Machine {
  /** Runs containers; undefined when no engine answers, or none is wanted. */
  readonly engine: Engine | undefined;
  /** Runs PostgreSQL servers; undefined when this machine has none. */
  readonly databases: Databases | undefined;
  /** Marks what belongs to this sandbox among everything else that the engine runs. */
  readonly owner: string;
  /** Stops what runs when the server is killed; in a test nobody does. */
  readonly guard?: Guard;
  /** Where the sandbox itself listens. */
  readonly port: number;
}
