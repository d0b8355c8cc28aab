import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { RedeployOutcome } from '../operations/services/redeploy.ts';
import { minutes } from './minutes-option.ts';

const EXAMPLES = `
Examples:
  $ platform redeploy --env staging                   the services whose tasks hold an old secret
  $ platform redeploy web --env prod --yes
  $ platform redeploy --all --env prod --dry-run
  $ platform redeploy web --env prod --no-wait`;

interface Flags {
  all?: boolean;
  ifNeeded?: boolean;
  wait: boolean;
  timeout: number;
  waitAnyway?: true;
}

export function redeployCommand(context: Context): Command {
  return new Command('redeploy')
    .summary('replace the tasks of services by fresh ones, and prove them')
    .argument('[service...]', 'services as in platform.yaml; none: those whose tasks are older than their secrets')
    .option('--all', 'every service, whether it needs it or not')
    .option('--if-needed', 'of the named services only those that need it')
    .option('--no-wait', 'return as soon as the rollouts have begun')
    .option('--timeout <minutes>', 'how long to watch', minutes, 15)
    .option('--wait-anyway', 'watch as long as that, even when no task can come up')
    .addHelpText('after', EXAMPLES)
    .action(async (services: string[], flags: Flags, command: Command) => {
      const { all = false, ifNeeded = false, wait, timeout, waitAnyway = false } = flags;
      if (all && (services.length > 0 || ifNeeded))
        command.error("error: option '--all' cannot be used with services or '--if-needed'", {
          code: 'commander.conflictingOption',
        });
      const session = await context.open();
      const { redeploy } = await import('../operations/services/redeploy.ts');
      const outcome = await redeploy(session, {
        ...(services.length > 0 ? { services } : {}),
        only: ifNeeded || (services.length === 0 && !all),
        wait,
        forMs: timeout * 60_000,
        waitAnyway,
      });
      context.reporter.result(redeployText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function redeployText({ environment, services, unchanged, dryRun }: RedeployOutcome, flags: string): string {
  if (services.length === 0) {
    if (unchanged.length === 0) return `No service runs in ${environment}: platform deploy ${flags} brings it up`;
    return [
      `No service of ${environment} needs fresh tasks: nothing was changed`,
      ...unchanged.map(({ name, why }) => `  ${name}  ${why}`),
    ].join('\n');
  }
  if (dryRun) {
    return [
      `Would replace the tasks of ${services.length === 1 ? 'a service' : `${services.length} services`} in ${environment}; nothing was changed`,
      ...services.map(({ name, why }) => `  ${name}  ${why}`),
    ].join('\n');
  }
  const settled = services.every((one) => one.settled);
  return [
    settled
      ? `${environment} runs fresh tasks`
      : `The tasks in ${environment} are being replaced: platform status ${flags} shows how far it is`,
    ...services.map(({ name, running, desired, healthy, digest, deployment, simulated, settled: done }) =>
      done
        ? `  ${name}  ${running}/${desired} tasks${healthy === null ? '' : `, ${healthy} healthy`}  ${digest?.slice(0, 19)}${simulated ? '  (simulated)' : ''}`
        : `  ${name}  rollout ${deployment}`,
    ),
  ].join('\n');
}
