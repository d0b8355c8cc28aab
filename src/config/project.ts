import type { Problem } from '../errors/problem.ts';
import type { EffectiveEnvironment } from './effective-environment.ts';
import type { File } from './file.ts';

export interface EnvironmentOptions {
  /** Builds the environment on the sandbox instead of where it belongs. */
  rehearsal?: boolean;
}

export interface Project {
  /** Absolute path of platform.yaml, and of its folder. */
  file: string;
  root: string;
  gitRoot?: string;
  name: string;
  title: string;
  /** The environment of commands without `--env`: undefined when it is not declared, or of kind prod. */
  defaultEnvironment?: string;
  delivery: File['delivery'];
  local: File['local'];
  /** In the order of the file, and `sandbox`. */
  environments(): string[];
  /** Throws a PlatformError for a name that is not there, or when the blocks are not complete. */
  environment(name: string, options?: EnvironmentOptions): EffectiveEnvironment;
  /** What is wrong between environments and in each of them. */
  problems(): Problem[];
}
