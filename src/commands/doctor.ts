import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform doctor --env staging
  $ platform doctor web --env prod               one service, and what it stands on
  $ platform doctor --fix                        mends one finding at a time, and looks again
  $ platform doctor --report report.json         for whoever helps: checks, events, logs, code; no secrets
  $ platform doctor --only stacks lock --json
  $ platform doctor --policy`;

interface Flags {
  only?: string[];
  list?: true;
  fix?: true;
  account?: true;
  exec?: string;
  policy?: true;
  report?: string;
}

export function doctorCommand(context: Context): Command {
  return new Command('doctor')
    .summary('say what is wrong, with the evidence, and mend what can be mended')
    .argument('[service]', 'only this service or function, and what it stands on')
    .option('--only <check...>', 'only these checks, and what they need')
    .option('--list', 'print the checks, and look at nothing')
    .option('--fix', 'mend what is found, each finding as its kind of repair demands')
    .option('--account', 'look at the account too: each part of the bootstrap, the age of keys')
    .option('--exec <service>', 'only what a shell in a task of this service hangs on')
    .option('--policy', 'print the smallest IAM policies, for a person and for a pipeline')
    .option('--report <file>', 'write what is found with events, logs and code into one file, without secrets')
    .addHelpText('after', EXAMPLES)
    .action(async (service: string | undefined, flags: Flags) => {
      if (flags.policy) {
        const { iamPolicies, policiesText } = await import('../operations/project/iam-policies.ts');
        const found = await iamPolicies(context);
        return context.reporter.result(policiesText(found), { policies: found });
      }
      if (flags.list) {
        const { listText, listedChecks } = await import('../doctor/list-checks.ts');
        return context.reporter.result(listText(), { checks: listedChecks() });
      }
      const { doctor } = await import('../doctor/doctor.ts');
      const { reportText } = await import('../doctor/report.ts');
      const { document, failure } = await doctor(context, {
        account: flags.account ?? false,
        fix: flags.fix ?? false,
        ...(service === undefined ? {} : { service }),
        ...(flags.only ? { only: flags.only } : {}),
        ...(flags.exec === undefined ? {} : { exec: flags.exec }),
      });
      const report = flags.report === undefined ? undefined : await reportOn(context, flags.report, document);
      context.reporter.result(
        [reportText(document), ...(report ? [report.said] : [])].join('\n'),
        report ? { ...document, report: report.file } : document,
      );
      if (failure) throw failure;
    });
}

async function reportOn(context: Context, name: string, checks: unknown): Promise<{ file: string; said: string }> {
  const { writeReport } = await import('../operations/support-report.ts');
  const { checkout } = await import('../process/git.ts');
  const git = await checkout(context.directory);
  const file = await writeReport(context, { file: name, checks, ...(git ? { git } : {}) });
  const said = context.flags.dryRun
    ? `Would write ${file}`
    : `${file} holds what was found, in the order in which one looks`;
  return { file, said: `${said}; no secret is in it, but read it before you give it away` };
}
