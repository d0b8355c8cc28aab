import { EXIT, PlatformError } from '../errors/platform-error.ts';
import { exitCodeOf, renderError } from '../errors/render.ts';
import { cleanText } from '../io/clean-text.ts';
import { COLOURED, PLAIN, wantsColour } from '../io/style.ts';
import type { Surroundings } from '../io/surroundings.ts';
import { CliContext } from './cli-context.ts';
import { createProgram } from './program.ts';
import { isCommanderError, usageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** One command line from its words to its exit code. What it throws is rendered here and nowhere else. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const interruption = new AbortController();
  const context = new CliContext(surroundings, interruption.signal, isGlobalFlagSet(argv, '--json'));
  const program = createProgram(context, surroundings);
  context.readFlagsOf(program);

  let interrupts = 0;
  const stopListening = surroundings.onInterrupt(() => {
    interrupts += 1;
    if (interrupts === 1) {
      context.reporter.note('Stopping; Ctrl-C again leaves at once, and what AWS has begun goes on');
      interruption.abort(interrupted());
    } else {
      context.close();
      surroundings.stderr.write('Left. What AWS had begun goes on: platform status shows it\n');
      surroundings.leave(EXIT.pending);
    }
  });

  try {
    await program.parseAsync(argv, { from: 'user' });
    context.finish();
    return 0;
  } catch (thrown) {
    const error = isCommanderError(thrown) ? usageError(thrown, program) : underlying(thrown, interruption.signal);
    context.finish(error);
    if (error === undefined) return 0;
    return report(error);
  } finally {
    stopListening();
    context.close();
  }

  function report(error: unknown): number {
    const { debug, noColor } = context.flags;
    const colour = wantsColour(surroundings.variables, { isTerminal: surroundings.stderr.isTerminal, noColor });
    const style = colour ? COLOURED : PLAIN;
    surroundings.stderr.write(renderError(error, { ...style, debug, version: VERSION, clean: cleanText }));
    return exitCodeOf(error);
  }
}

/** An aborted call rejects with an AbortError of its own; the interruption is what happened. */
const underlying = (error: unknown, signal: AbortSignal): unknown =>
  signal.aborted && error instanceof Error && error.name === 'AbortError' ? signal.reason : error;

const isGlobalFlagSet = (argv: readonly string[], flag: string): boolean =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes(flag);

const interrupted = () =>
  new PlatformError({
    id: 'interrupted',
    kind: 'declined',
    message: 'Stopped at your request',
    remedy: 'platform status shows how things stand',
  });
