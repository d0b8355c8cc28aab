import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { columns } from '../../domain/columns.ts';
import type { DatabaseStanding } from '../../operations/databases/database-status.ts';

const EXAMPLES = `
Examples:
  $ platform db status --env prod
  $ platform db status main --env prod --json`;

export function databaseStatusCommand(context: Context): Command {
  return new Command('status')
    .summary('show versions, capacity, protection, backups and proxy of databases')
    .argument('[database]', 'this one alone')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined) => {
      const session = await context.open();
      const { databaseStatus } = await import('../../operations/databases/database-status.ts');
      const { noDatabasesText } = await import('../../operations/databases/shared-databases.ts');
      const outcome = await databaseStatus(session, name);
      const { environment } = session;
      const text =
        outcome.databases.length > 0 ? outcome.databases.map(standingText).join('\n\n') : noDatabasesText(environment);
      context.reporter.result(text, outcome);
    });
}

function standingText(one: DatabaseStanding): string {
  const { version, capacity, machine, protection, backups, snapshots, proxy } = one;
  const newer = version.newest !== null && version.newest !== version.live ? `, newest ${version.newest}` : '';
  const drift = version.template !== null && version.template !== version.live ? `, template ${version.template}` : '';
  const rows: [string, string][] = [
    ['version', `${version.live}${drift}${newer}`],
    ...(capacity ? [['capacity', capacityText(capacity)] as [string, string]] : []),
    ...(machine
      ? [
          ['machine', `${machine.class}, ${machine.storageGb} GiB${machine.multiAz ? ', with standby' : ''}`] as [
            string,
            string,
          ],
        ]
      : []),
    ['protection', `${protection.live ? 'on' : 'OFF'}${protection.explanation ? `: ${protection.explanation}` : ''}`],
    ...(protection.lease ? [['lease', leaseText(protection.lease)] as [string, string]] : []),
    ['backups', `${backups.days} days${backups.window ? `, daily ${backups.window} UTC` : ''}`],
    [
      'restorable',
      backups.latest === null ? 'no point in time yet' : `${backups.earliest ?? '?'} to ${backups.latest}`,
    ],
    ['snapshots', snapshots.count === 0 ? 'none taken by hand' : `${snapshots.count}, newest ${snapshots.newest}`],
    ...one.instances.map(({ id, role, status, zone }): [string, string] => [
      role,
      `${id} ${status}${zone ? ` in ${zone}` : ''}`,
    ]),
    ...(proxy ? [['proxy', `${proxy.name} ${proxy.status}`] as [string, string]] : []),
    ...(proxy?.targets ?? []).map((target): [string, string] => [
      'target',
      [target.id, target.state, target.reason, target.description].filter((part) => part !== null).join(' '),
    ]),
    ...one.pending.map(({ identifier, change, to }): [string, string] => [
      'pending',
      `${identifier}: ${change} becomes ${to}`,
    ]),
  ];
  const title = `databases.${one.name}  ${one.engine} ${one.identifier}  ${one.status}${one.configured ? '' : '  (no longer configured)'}`;
  return `${title}\n${columns(rows.map((row) => ['', ...row]))}`;
}

function capacityText({
  min,
  max,
  current,
  paused,
  pausesAfterSeconds,
  awake,
}: NonNullable<DatabaseStanding['capacity']>) {
  const now = paused
    ? 'paused: the first connection wakes it in about 15 s'
    : current === null
      ? 'not measured yet'
      : `${current} now`;
  const pauses = pausesAfterSeconds === null ? '' : `, pauses after ${Math.round(pausesAfterSeconds / 60)} min`;
  return `${min} to ${max} ACU, ${now}${pauses}${awake ? `; ${awake}` : ''}`;
}

const leaseText = ({ principal, host, reason, until, command }: NonNullable<DatabaseStanding['protection']['lease']>) =>
  `"${reason}" by ${principal} on ${host}${command ? ` for "${command}"` : ''}, until ${until}`;
