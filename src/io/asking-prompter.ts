import { cleanText } from '../domain/clean-text.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Prompter, Question } from './prompter.ts';

export interface AskingOptions {
  /** `--yes`: answers ASK, never TYPED. */
  readonly yes: boolean;
  /** `--confirm`, once per thing. */
  readonly confirm: readonly string[];
  readonly dryRun: boolean;
  readonly noteNeeded: (text: string) => void;
  /** Absent: nobody can be asked. */
  readonly questions?: Questions;
}

/** How a person is asked; each answers what was typed. */
export interface Questions {
  confirm(text: string): Promise<boolean>;
  input(text: string, options: { initial?: string; check?: (answer: string) => string | undefined }): Promise<string>;
  choose(text: string, choices: readonly { value: string; title: string }[], initial?: string): Promise<string>;
}

/** The one policy of asking; who asks and how is behind `questions`. */
export class AskingPrompter implements Prompter {
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  async ask({ text }: { text: string }): Promise<void> {
    const { yes, dryRun, questions, noteNeeded } = this.#options;
    const question = cleanText(text);
    if (yes) return;
    if (dryRun) return noteNeeded(`would ask "${question}" (--yes answers it)`);
    if (!questions) throw nobodyToAsk(question, 'add --yes to agree');
    if (!(await questions.confirm(`${question} (--yes)`))) throw declined(question);
  }

  async offer({ text, flag }: { text: string; flag: string }): Promise<boolean> {
    const { yes, dryRun, questions } = this.#options;
    if (yes || dryRun || !questions) return false;
    return questions.confirm(`${cleanText(text)} (${flag})`);
  }

  async askTyped({ text, name, failure, details = {} }: Parameters<Prompter['askTyped']>[0]): Promise<void> {
    const { confirm, dryRun, questions, noteNeeded } = this.#options;
    const question = cleanText(text);
    if (confirm.includes(name)) return;
    if (dryRun) return noteNeeded(`would need --confirm ${name}: ${question}`);
    if (!questions) {
      const remedy = `add --confirm ${name} if that is what you want; --yes does not answer this`;
      throw nobodyToAsk(question, remedy, {
        confirm: name,
        ...(failure === undefined ? {} : { failure }),
        ...details,
      });
    }
    const typed = await questions.input(`${question}\nType ${name} to go on (--confirm ${name}):`, {});
    if (typed.trim() !== name) throw declined(mistyped(typed.trim(), name));
  }

  async input(
    question: Question & { initial?: string; check?: (answer: string) => string | undefined },
  ): Promise<string> {
    const { questions, yes } = this.#options;
    if (yes && question.initial !== undefined) return question.initial;
    if (!questions) throw nobodyToAsk(question.text, `say it with ${question.flag} <value>${usual(question.initial)}`);
    return questions.input(`${cleanText(question.text)} (${question.flag})`, question);
  }

  async choose(
    question: Question & { choices: readonly { value: string; title: string }[]; initial?: string },
  ): Promise<string> {
    const { questions, yes } = this.#options;
    if (yes && question.initial !== undefined) return question.initial;
    const values = question.choices.map(({ value }) => value).join(' | ');
    if (!questions)
      throw nobodyToAsk(
        question.text,
        question.remedy ?? `say it with ${question.flag} ${values}${usual(question.initial)}`,
      );
    return questions.choose(`${cleanText(question.text)} (${question.flag})`, question.choices, question.initial);
  }
}

const usual = (initial: string | undefined): string =>
  initial === undefined ? '' : `, or --yes to take the usual answers, here ${initial}`;

const nobodyToAsk = (question: string, remedy: string, details?: Record<string, unknown>) =>
  new PlatformError({
    id: 'nobody-to-ask',
    kind: 'usage',
    message: `This needs an answer, and there is no terminal to ask at: ${question}`,
    remedy,
    ...(details ? { details } : {}),
  });

/** Nobody who means it is left to guess why nothing happened. */
const mistyped = (typed: string, name: string): string =>
  `${typed === '' ? 'nothing' : JSON.stringify(cleanText(typed))} was typed, and not ${name}`;

const declined = (what: string) =>
  new PlatformError({
    id: 'declined',
    kind: 'declined',
    message: `Declined: ${what}`,
    remedy: 'nothing was changed by this step',
  });
