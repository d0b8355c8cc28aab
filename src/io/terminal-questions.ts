import { PlatformError } from '../errors/platform-error.ts';
import type { Questions } from './asking-prompter.ts';

/** Asks on stderr, so that stdout stays the answer's. The prompts are loaded by the first question. */
export function terminalQuestions(aside: <T>(work: () => Promise<T>) => Promise<T>, signal: AbortSignal): Questions {
  const asked = <T>(ask: (context: { output: NodeJS.WriteStream; signal: AbortSignal }) => Promise<T>): Promise<T> =>
    aside(async () => {
      try {
        return await ask({ output: process.stderr, signal });
      } catch (error) {
        // Ctrl-C at a question is the answer no.
        if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) throw cancelled();
        throw error;
      }
    });
  return {
    confirm: (message) =>
      asked(async (context) => (await import('@inquirer/prompts')).confirm({ message, default: false }, context)),
    input: (message, { initial, check }) =>
      asked(async (context) =>
        (await import('@inquirer/prompts')).input(
          {
            message,
            ...(initial === undefined ? {} : { default: initial }),
            validate: (answer) => check?.(answer) ?? true,
          },
          context,
        ),
      ),
    choose: (message, choices, initial) =>
      asked(async (context) =>
        (await import('@inquirer/prompts')).select(
          {
            message,
            choices: choices.map(({ value, title }) => ({ value, name: title })),
            ...(initial === undefined ? {} : { default: initial }),
          },
          context,
        ),
      ),
  };
}

const cancelled = () =>
  new PlatformError({
    id: 'question-cancelled',
    kind: 'declined',
    message: 'Cancelled at the question',
    remedy: 'nothing was changed by this step',
  });
