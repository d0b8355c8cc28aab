import { Command, Option } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform explain                                  the newest run
  $ platform explain 1f2e                             its end is enough where no other ends so
  $ platform explain --list
  $ platform explain --bundle run.json                one file without secrets, for a colleague

Runs are kept beside platform.yaml in .platform/runs, the newest twenty. AWS is asked nothing.`;

interface Flags {
  list?: true;
  bundle?: string;
}

export function explainCommand(context: Context): Command {
  return new Command('explain')
    .summary('show again what went wrong in a run: the evidence, and what to type')
    .argument('[run]', 'its id; without it the newest')
    .addOption(new Option('--list', 'the runs that were kept').conflicts('bundle'))
    .option('--bundle <file>', 'write all that is known of it into one file, without secrets')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, { list, bundle }: Flags, command: Command) => {
      if (list && run !== undefined)
        command.error("error: option '--list' cannot be used with a run", { code: 'commander.conflictingOption' });
      const { explain, listRuns } = await import('../operations/flight-recorder/explain.ts');
      const { explainText, runsText } = await import('../operations/flight-recorder/explain-text.ts');
      if (list) {
        const outcome = await listRuns(context);
        return context.reporter.result(runsText(outcome), outcome);
      }
      const record = await explain(context, run);
      if (bundle === undefined) return context.reporter.result(explainText(record), record);
      const { writeBundle } = await import('../operations/flight-recorder/bundle.ts');
      const file = await writeBundle(context, record, bundle);
      const said = context.flags.dryRun ? `Would write ${file}` : `${file} holds what is known of run ${record.id}`;
      context.reporter.result(`${said}; no secret is in it, but read it before you give it away`, {
        file,
        run: record.id,
        dryRun: context.flags.dryRun,
      });
    });
}
