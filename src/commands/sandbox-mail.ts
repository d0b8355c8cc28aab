import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { SandboxMail } from '../operations/project/sandbox-mail.ts';

const EXAMPLES = `
Examples:
  $ platform sandbox mail
  $ platform sandbox mail --json`;

/** Nothing leaves the sandbox, so this is the only mailbox there is. */
export function sandboxMailCommand(context: Context): Command {
  return new Command('mail')
    .summary('show what its topics wrote to mailboxes and servers')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const { sandboxMail } = await import('../operations/project/sandbox-mail.ts');
      const mail = await sandboxMail(join((await context.project()).root, '.platform', 'sandbox'));
      context.reporter.result(mail.length === 0 ? 'Nothing was written' : mail.map(letter).join('\n\n'), { mail });
    });
}

const letter = ({ at, to, subject, body, outcome }: SandboxMail): string =>
  [`${at}  ${to}  ${outcome}`, ...(subject === '' ? [] : [subject]), body].join('\n');
