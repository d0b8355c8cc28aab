import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { columns } from '../../domain/columns.ts';
import type { VerifyOutcome } from '../../operations/local/verify/verify.ts';

const EXAMPLES = `
Examples:
  $ platform local verify
  $ platform local verify --message 'events={"id":"check"}'
  $ platform local verify --json`;

export function localVerifyCommand(context: Context): Command {
  return new Command('verify')
    .summary('use a local environment as its users and triggers do, and compare with the configuration')
    .option(
      '--message <queue=body>',
      'send this to a queue that a function reads, and see it read; repeatable',
      message,
    )
    .addHelpText('after', EXAMPLES)
    .action(async ({ message: messages = new Map() }: { message?: Map<string, string> }) => {
      const { verifyFailed, verifyLocal } = await import('../../operations/local/verify/verify.ts');
      const outcome = await verifyLocal(context, { messages });
      context.reporter.result(verifyText(outcome), outcome);
      if (outcome.summary.failed > 0) throw verifyFailed(outcome);
    });
}

function message(value: string, before: Map<string, string> = new Map()): Map<string, string> {
  const [, queue, body] = /^([^=]+)=(.+)$/s.exec(value) ?? [];
  if (queue === undefined || body === undefined)
    throw new InvalidArgumentError('It is a queue and a body: events={"id":"check"}.');
  return new Map([...before, [queue, body]]);
}

const WORDS = { passed: 'ok', failed: 'FAILED', skipped: 'skipped' } as const;

function verifyText({ checks, summary: { passed, failed, skipped } }: VerifyOutcome): string {
  const rows = checks.map(({ status, component, title, detail }) => [WORDS[status], component, title, detail]);
  const rest = [...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return [columns(rows), [`${passed} of ${checks.length} hold`, ...rest].join(', ')].join('\n');
}
