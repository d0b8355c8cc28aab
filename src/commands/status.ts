import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { FunctionStanding, ServiceStanding, StatusOutcome } from '../operations/status.ts';

const EXAMPLES = `
Examples:
  $ platform status
  $ platform status --env prod --json`;

export function statusCommand(context: Context): Command {
  return new Command('status')
    .summary('show how the stacks and services of an environment stand')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const session = await context.open();
      const { status } = await import('../operations/status.ts');
      const outcome = await status(session);
      context.reporter.result(statusText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function statusText(
  {
    environment,
    account,
    region,
    sandbox,
    release,
    stacks,
    services,
    functions,
    pausedQueues,
    sites,
    accessRoles,
    deployed,
  }: StatusOutcome,
  flags: string,
) {
  const place = `${sandbox ? 'sandbox, ' : ''}account ${account}, ${region}`;
  if (!deployed) return `${environment} (${place}) is not deployed yet: platform deploy ${flags} brings it up`;
  const parts = [
    `${environment} (${place})${release === null ? '' : `, release ${release}`}`,
    columns(stacks.map(({ name, status, reason }) => ['', name, reason ? `${status}: ${reason}` : status])),
  ];
  if (services.length > 0) parts.push(columns(services.map((service) => ['', service.name, serviceText(service)])));
  if (functions.length > 0) parts.push(columns(functions.map((fn) => ['', fn.name, functionText(fn)])));
  for (const { name, since, by } of pausedQueues)
    parts.push(
      `queue ${name} is paused since ${since.slice(0, 16).replace('T', ' ')} by ${by}: platform queue resume ${name} ${flags}`,
    );
  if (sites.length > 0)
    parts.push(
      columns(
        sites.map(({ name, url, status, enabled }) => [
          '',
          name,
          url,
          status === null ? 'gone' : enabled ? status : 'disabled',
        ]),
      ),
    );
  if (accessRoles.length > 0)
    parts.push(`people act in it as ${accessRoles.join(', ')} (platform access show ${flags})`);
  return parts.join('\n\n');
}

function functionText({ version, deployedVersion, state, trigger, paused }: FunctionStanding): string {
  return [
    version === null ? 'no alias live' : `version ${version}`,
    ...(version === null || version === deployedVersion ? [] : [`deployed was ${deployedVersion}`]),
    ...(state === null || state === 'Active' ? [] : [state]),
    ...(trigger === null ? [] : [trigger ? 'started' : 'not started']),
    ...(paused ? ['paused'] : []),
  ].join(', ');
}

function serviceText({
  running,
  desired,
  healthy,
  digest,
  digests,
  rollout,
  simulated,
  paused,
  scheduledTasks,
}: ServiceStanding): string {
  return [
    `${running}/${desired} running`,
    ...(healthy === null ? [] : [`${healthy} healthy`]),
    ...(rollout === null || rollout === 'COMPLETED' ? [] : [`rollout ${rollout}`]),
    ...(paused ? ['paused'] : []),
    digest === null ? (digests.length === 0 ? 'no image' : `${digests.length} different images`) : digest.slice(0, 19),
    ...(simulated ? ['simulated'] : []),
    ...scheduledTasks.map(({ name, enabled }) => `${name} ${enabled ? 'on schedule' : 'switched off'}`),
  ].join(', ');
}
