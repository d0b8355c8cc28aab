import type { Rule } from './rule.ts';

/** `rate(1 minutes)` is refused by AWS, and so is `rate(5 minute)`. */
export function rateMistake(rate: string): string | undefined {
  const [, count, unit, plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(rate) ?? [];
  if (count === undefined) return undefined;
  if (Number(count) === 0) return `rate(1 ${unit})`;
  return (Number(count) === 1) === (plural === '')
    ? undefined
    : `rate(${count} ${unit}${Number(count) === 1 ? '' : 's'})`;
}

/** Six fields, one of the two days left open by `?`. */
export const isCron = (text: string) => {
  const fields = /^cron\((.*)\)$/.exec(text)?.[1]?.trim().split(/\s+/);
  return !fields || (fields.length === 6 && [fields[2], fields[4]].filter((field) => field === '?').length === 1);
};

export const SCHEDULE_RULES: readonly Rule[] = [
  {
    id: 'scaling-schedule',
    title: 'AWS understands when scaling changes',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const [name, { scaling }] of Object.entries(blocks.services))
        for (const [index, { cron }] of scaling.schedule.entries())
          if (!isCron(cron))
            yield {
              path: ['services', name, 'scaling', 'schedule', index, 'cron'],
              message: `services.${name}: ${cron} has not six fields with one ? among day of month and day of week`,
              remedy: 'write for example cron(0 20 ? * MON-FRI *)',
            };
    },
  },
  {
    id: 'scheduled-task',
    title: 'EventBridge understands when a scheduled task runs',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const [service, { scheduledTasks }] of Object.entries(blocks.services))
        for (const [name, { rate }] of Object.entries(scheduledTasks)) {
          const said = { path: ['services', service, 'scheduledTasks', name, 'rate'] };
          const right = rateMistake(rate);
          if (right)
            yield {
              ...said,
              message: `services.${service}: ${rate} is not how AWS writes it`,
              remedy: `write ${right}`,
            };
          else if (!isCron(rate))
            yield {
              ...said,
              message: `services.${service}: ${rate} has not six fields with one ? among day of month and day of week`,
              remedy: 'write for example cron(0 3 * * ? *)',
            };
        }
    },
  },
];
