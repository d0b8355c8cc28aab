import { type Command, CommanderError } from 'commander';
import type { Surroundings } from '../io/surroundings.ts';
import type { CliContext } from './cli-context.ts';
import { DeferredContext } from './deferred-context.ts';
import { lastWords } from './last-words.ts';
import { createProgram } from './program.ts';

/**
 * One command line from its words to its exit code. Only what every command line needs is imported above: `--help`
 * loads no reporter, no gateway and nothing that renders errors.
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const deferred = new DeferredContext();
  const program = await createProgram(deferred, { ...surroundings, words: argv });
  const interruption = new AbortController();
  let context: CliContext | undefined;
  let stopListening = () => {};
  const openContext = async (): Promise<CliContext> => {
    const { CliContext } = await import('./cli-context.ts');
    context ??= new CliContext(surroundings, interruption.signal, { program, json: hasJsonFlag(argv) });
    return context;
  };
  program.hook('preAction', async (_, acting) => {
    const opened = await openContext();
    deferred.become(opened);
    const { listenForInterrupts } = await import('./interrupts.ts');
    const interruptible = { interruption, command: wordsOf(acting), options: acting.opts() };
    stopListening = listenForInterrupts(surroundings, opened, interruptible);
  });

  const reported = async (thrown: unknown): Promise<number> => {
    const { reportFailure } = await import('./report-failure.ts');
    const { namedForSandbox } = await import('./sandbox-gone.ts');
    const opened = await openContext();
    return reportFailure(await namedForSandbox(thrown, opened), { surroundings, context: opened, program, argv });
  };
  const report = (thrown: unknown): Promise<number> =>
    reported(thrown).catch((worse) => lastWords(thrown, worse, surroundings, hasJsonFlag(argv)));
  surroundings.onCrash?.((error) => void report(error).then(surroundings.leave));

  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
    await context?.settled();
    context?.finish();
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError && ASKED_FOR.includes(thrown.code)) return 0;
    await context?.settled();
    return await report(thrown);
  } finally {
    stopListening();
    await context?.end();
  }
}

/** The words by which a command is typed, without `platform`. */
const wordsOf = (command: Command): string =>
  command.parent?.parent ? `${wordsOf(command.parent)} ${command.name()}` : command.name();

/** What commander throws for help and the version that were asked for. */
const ASKED_FOR = ['commander.helpDisplayed', 'commander.version'];

/** Known before parsing, because a command line that cannot be parsed is answered in JSON too. */
const hasJsonFlag = (argv: readonly string[]): boolean =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');
