import type { Engine } from './engine.ts';

/** What this machine lends to a sandbox, so that things really run. */
export interface Machine {
  /** Runs containers; undefined when no engine answers, or none is wanted. */
  readonly engine: Engine | undefined;
  /** Marks what belongs to this sandbox among everything else that the engine runs. */
  readonly owner: string;
  /** Where the sandbox itself listens. */
  readonly port: number;
}
