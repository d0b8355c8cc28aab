import type { RunningSandbox } from '../start-sandbox.ts';

/** An account of AWS as a scene is set in it: by whoever has the SDK, and by time. */
export type SceneAws = Pick<RunningSandbox, 'client' | 'settle'>;

/** A command and what leads up to it: what the tests of crashes and faults interrupt. */
export interface Scene {
  readonly name: string;
  /** platform.yaml by the time the command is given. */
  readonly yaml: string;
  /** platform.yaml while what leads up to it is done; the same when absent. */
  readonly yamlBefore?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** The scene brings a bootstrap of its own. */
  readonly bootstrapped?: boolean;
  /** Command lines that lead up to it, word by word; none is interrupted. */
  readonly before: readonly (readonly string[])[];
  /** Others that lead up to it, with platform.yaml as it is by then. */
  readonly since?: readonly (readonly string[])[];
  /** What happens to the account after them, and not by us. */
  readonly set?: (aws: SceneAws) => Promise<void>;
  /** The command that is interrupted, and that a person then types again. */
  readonly words: readonly string[];
}
