import type { Engine } from './engine.ts';
import type { Databases } from './postgres/databases.ts';

/** What this machine lends to a sandbox, so that things really run. */
export interface Machine {
  /** Runs containers; undefined when no engine answers, or none is wanted. */
  readonly engine: Engine | undefined;
  /** Runs PostgreSQL servers; undefined when this machine has none. */
  readonly databases: Databases | undefined;
  /** Marks what belongs to this sandbox among everything else that the engine runs. */
  readonly owner: string;
  /** Where the sandbox itself listens. */
  readonly port: number;
}
