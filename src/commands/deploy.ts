import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { VERSION } from '../package.ts';
import { changeSetOption } from './change-set-option.ts';
import { collectImages } from './image-option.ts';

const EXAMPLES = `
Examples:
  $ platform deploy --env sandbox
  $ platform deploy --env prod --dry-run
  $ platform deploy network data --env prod           foundations first; no release is made, nothing to attach to
  $ platform deploy --env prod --preflight            looks at all that could go wrong, begins nothing
  $ platform deploy --env prod --attach               picks up what was cut off, or runs elsewhere
  $ platform deploy --env prod --sandbox              rehearses prod on the embedded AWS
  $ platform deploy --env prod --image web=1a2b3c4    an image that is in the registry, nothing is built
  $ platform deploy --env prod --plan plan.json       only what diff --out wrote and somebody approved
  $ platform deploy --env prod --change-set review-7  executes what diff --change-set made`;

interface Flags {
  plan?: string;
  changeSet?: string;
  image?: Record<string, string>;
  build: boolean;
  attach?: true;
  preflight?: true;
  waitAnyway?: true;
  smoke: boolean;
}

export function deployCommand(context: Context): Command {
  return new Command('deploy')
    .summary('bring an environment to what is configured, and prove it')
    .argument(
      '[stacks...]',
      'only these foundations and what they stand on: images, network, data, messaging, runtime, edge',
    )
    .option('--plan <file>', 'act only if the plan is still the one in this file')
    .addOption(changeSetOption('execute the change sets that diff made under this name').conflicts(['plan']))
    .option('--image <service=tag>', 'image to deploy: a tag or sha256:<digest>; repeatable', collectImages)
    .addOption(
      new Option('--attach', 'begin nothing: follow what is under way to its end, and prove it').conflicts([
        'plan',
        'changeSet',
        'image',
      ]),
    )
    .addOption(
      new Option('--preflight', 'begin nothing: look at all that a deployment would meet').conflicts([
        'plan',
        'changeSet',
        'attach',
      ]),
    )
    .option('--no-build', 'build no image; take what is in the registry, else what runs')
    .option('--wait-anyway', 'wait as long as AWS does, even when no task can come up')
    .option('--no-smoke', 'do not ask what was rolled out as a visitor would')
    .addHelpText('after', EXAMPLES)
    .action(async (stacks: string[], flags: Flags, command: Command) => {
      if (stacks.length > 0) return deployFoundations(context, stacks, flags, command);
      const { deploy } = await import('../operations/deploy/deploy.ts');
      const { deployText } = await import('../operations/deploy/deploy-text.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      const { checkout } = await import('../process/git.ts');
      const approved = flags.plan ? await approvedPlan(context.directory, flags.plan) : undefined;
      if (!flags.preflight) requireSound((await context.configured()).environment);
      const session = await context.open();
      if (flags.preflight) {
        const { preflight } = await import('../operations/preflight/preflight.ts');
        const { preflightBlocked, preflightText } = await import('../operations/preflight/preflight-text.ts');
        const found = await preflight(session, { images: flags.image ?? {}, build: flags.build });
        context.reporter.result(preflightText(found), found);
        if (found.blocked) throw preflightBlocked(found);
        return;
      }
      const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
      if (flags.attach) {
        const { attach, attachedText } = await import('../operations/deploy/attach.ts');
        const attached = await recordRun(session, { command: 'deploy --attach' }, attach);
        return context.reporter.result(attachedText(attached), attached);
      }
      const git = await checkout(context.directory);
      const outcome = await recordRun(session, { command: 'deploy' }, (recorded) =>
        deploy(recorded, {
          images: flags.image ?? {},
          build: flags.build,
          ...(git ?? {}),
          version: VERSION,
          ...(approved ? { approved } : {}),
          ...(flags.changeSet === undefined ? {} : { changeSet: flags.changeSet }),
          waitAnyway: flags.waitAnyway ?? false,
          asks: flags.smoke,
        }),
      );
      context.reporter.result(deployText(outcome), outcome);
    });
}

/** What is about a release, or about all stacks at once, says nothing of some of them. */
const WHOLE = ['plan', 'changeSet', 'image', 'attach', 'preflight'] as const;

async function deployFoundations(context: Context, names: string[], flags: Flags, command: Command): Promise<void> {
  const other = command.options.find((option) => WHOLE.some((one) => one === option.attributeName() && flags[one]));
  if (other)
    command.error(`error: option '${other.flags}' cannot be used with names of stacks`, {
      code: 'commander.conflictingOption',
    });
  const { deployStacks, deployStacksText } = await import('../operations/deploy/deploy-stacks.ts');
  const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
  const { requireSound } = await import('../config/require-sound.ts');
  requireSound((await context.configured()).environment);
  const session = await context.open();
  const outcome = await recordRun(session, { command: `deploy ${names.join(' ')}` }, (recorded) =>
    deployStacks(recorded, { names, waitAnyway: flags.waitAnyway ?? false }),
  );
  context.reporter.result(deployStacksText(outcome, environmentFlags(session.environment)), outcome);
}

async function approvedPlan(directory: string, file: string) {
  const { parsePlanFile } = await import('../release/plan-file.ts');
  return { plan: parsePlanFile(await readFile(resolve(directory, file), 'utf8').catch(() => ''), file), file };
}
