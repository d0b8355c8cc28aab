import { type Command, CommanderError } from 'commander';
import { cleanText } from '../domain/clean-text.ts';
import { fileError } from '../errors/file-error.ts';
import { exitCodeOf, renderError } from '../errors/render.ts';
import { COLOURED, PLAIN, wantsColour } from '../io/style.ts';
import type { Surroundings } from '../io/surroundings.ts';
import { VERSION } from '../package.ts';
import type { CliContext } from './cli-context.ts';
import { remediedInSamePlace } from './same-place.ts';
import { usageError } from './usage-error.ts';

export interface FailedRun {
  readonly surroundings: Surroundings;
  readonly context: CliContext;
  readonly program: Command;
  readonly argv: readonly string[];
}

/** What a command line threw is rendered here and nowhere else; answers with the exit code. */
export function reportFailure(thrown: unknown, { surroundings, context, program, argv }: FailedRun): number {
  const { stderr, variables } = surroundings;
  const known =
    thrown instanceof CommanderError ? usageError(thrown, program, argv) : underlying(thrown, context.signal);
  const error = remediedInSamePlace(known, context.flags);
  context.finish(error);
  context.close();
  const { debug, noColor } = context.flags;
  const style = wantsColour(variables, { isTerminal: stderr.isTerminal, noColor }) ? COLOURED : PLAIN;
  stderr.write(renderError(error, { ...style, debug, version: VERSION, clean: cleanText }));
  return exitCodeOf(error);
}

/** An aborted call rejects with an AbortError of its own; the interruption is what happened. A full disk is no bug of ours. */
const underlying = (error: unknown, signal: AbortSignal): unknown =>
  signal.aborted && error instanceof Error && error.name === 'AbortError' ? signal.reason : (fileError(error) ?? error);
