import type { Session } from '../../context.ts';
import type { Tree } from '../../io/reporter.ts';
import type { PlannedBuild } from './planned-build.ts';

export type MakePowers = Pick<
  Session,
  'aws' | 'clock' | 'containerEngine' | 'environment' | 'reporter' | 'signal' | 'target' | 'workDirectory'
>;

export interface BuildOptions {
  cacheFrom: readonly string[];
  cacheTo: readonly string[];
  noCache: boolean;
  /** Also where the registry has it already. */
  rebuild: boolean;
}

export const PLAIN_BUILD: BuildOptions = { cacheFrom: [], cacheTo: [], noCache: false, rebuild: false };

export interface MakeInput {
  builds: readonly PlannedBuild[];
  options: BuildOptions;
  /** Folder below `.platform/runs` for the engine's output. */
  run: string;
  tree: Tree;
}
