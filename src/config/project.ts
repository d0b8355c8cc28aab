import type { Problem } from '../errors/problem.ts';
import type { Blocks } from './blocks.ts';
import type { DeclaredEnvironment, File } from './file.ts';
import type { Kind } from './kinds.ts';

/** Where an effective value comes from. */
export type Origin =
  /** With `environment` it is that environment's override, else the top level. */
  | { from: 'file'; line: number; column: number; environment?: string }
  | { from: 'kind'; kind: Kind }
  /** A flag or a variable of the process: `--region`, `AWS_REGION`. */
  | { from: 'surroundings' }
  | { from: 'default' };

export interface Waiver {
  rule: string;
  environment?: string;
  path?: string;
  reason: string;
}

/** One environment as it is going to be: everything decided, nothing left to default. */
export interface EffectiveEnvironment {
  name: string;
  /** The name of the project, part of every name in AWS. */
  project: string;
  kind: Kind;
  /** Whether it lives on the embedded AWS: kind `sandbox`, or a rehearsal of another. */
  sandboxed: boolean;
  /** Always there on the sandbox; elsewhere only when the file names it. */
  account?: string;
  region: string;
  /** Never there on the sandbox. */
  profile?: string;
  endpoint?: string;
  /** For kind `local` without an endpoint. */
  emulator?: DeclaredEnvironment['emulator'];
  tags: Record<string, string>;
  naming: File['naming'];
  blocks: Blocks;
  /** Which changes of it a person has to approve by their name. */
  approval: File['delivery']['approval'];
  /** Those that can concern this environment. */
  waivers: Waiver[];
  /** What the rules say, waived problems included. */
  problems: Problem[];
  /** Where the value at a path such as `services.web.port` comes from; undefined when there is no such value. */
  origin(path: string): Origin | undefined;
}

export interface EnvironmentOptions {
  /** Builds the environment on the sandbox instead of where it belongs. */
  rehearsal?: boolean;
  /** Goes before what the file says. */
  region?: string;
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
  validation: File['validation'];
  /** In the order of the file, and `sandbox`. */
  environments(): string[];
  /** Throws a PlatformError for a name that is not there, or when the blocks are not complete. */
  environment(name: string, options?: EnvironmentOptions): EffectiveEnvironment;
  /** What is wrong between environments and in each of them. */
  problems(): Problem[];
}
