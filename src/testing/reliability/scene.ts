/** A command and what leads up to it: what the tests of crashes and faults interrupt. */
export interface Scene {
  readonly name: string;
  /** platform.yaml by the time the command is given. */
  readonly yaml: string;
  /** platform.yaml while what leads up to it is done; the same when absent. */
  readonly yamlBefore?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Command lines that lead up to it, word by word; none is interrupted. */
  readonly before: readonly (readonly string[])[];
  /** The command that is interrupted, and that a person then types again. */
  readonly words: readonly string[];
}
