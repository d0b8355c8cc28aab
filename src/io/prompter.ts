export interface Question {
  text: string;
  /** The flag that answers it, shown in the question and in the refusal where nobody can be asked. */
  flag: string;
  /** What to type where nobody can be asked, when the flag takes no value. */
  remedy?: string;
}

/**
 * Questions under the one policy of asking: ASK is answered by `--yes`; TYPED only by the thing's own name, at the
 * prompt or by `--confirm <name>`. Declined is exit 5; no terminal and no flag is exit 2, with the flag in the remedy.
 */
export interface Prompter {
  /** ASK: returns when agreed, throws otherwise. */
  ask(question: { text: string }): Promise<void>;
  /**
   * An offer beside what was asked for: true when a person at a terminal takes it. `--yes`, `--dry-run` and the absence
   * of a terminal leave it, because only its own flag takes it for granted.
   */
  offer(question: { text: string; flag: string }): Promise<boolean>;
  /**
   * TYPED: wants `<environment>/<thing>` word for word; `--yes` never answers it. `failure`: what AWS would refuse
   * otherwise, its entry in docs/failures.md. `details`: what a script is told beside the text where nobody can be asked.
   */
  askTyped(question: {
    text: string;
    name: string;
    failure?: string;
    details?: Readonly<Record<string, unknown>>;
  }): Promise<void>;
  input(question: Question & { initial?: string; check?: (answer: string) => string | undefined }): Promise<string>;
  choose(
    question: Question & { choices: readonly { value: string; title: string }[]; initial?: string },
  ): Promise<string>;
}
