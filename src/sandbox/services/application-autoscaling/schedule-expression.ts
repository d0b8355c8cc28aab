/** When a schedule next comes due after a moment (milliseconds since 1970); undefined: never again. */
export type NextRun = (after: number) => number | undefined;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAY_MS = 24 * 60 * 60_000;
/** Farther than any leap year rule: a schedule with no day in eight years has none. */
const HORIZON_DAYS = 8 * 366;

interface Reading {
  /** A local time that a change of clocks leaves out never comes; else the moment nearest to it stands for it. */
  skipsGaps?: boolean;
}

/**
 * Reads `at(2026-07-24T09:00:00)`, `rate(5 minutes)` and `cron(0 8 ? * MON-FRI *)` with numbers, names, lists, ranges
 * and steps; `L`, `W` and `#` are not read. Undefined when the text is no such expression.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function parseSchedule(
  text: string,
  timezone = 'UTC',
  { skipsGaps = false }: Reading = {},
): NextRun | undefined {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === 'at') {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner)) return undefined;
    const at = zoned(inner, timezone);
    return (after) => (at > after ? at : undefined);
  }
  if (kind === 'rate') {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
    if (!count || Number(count) < 1) return undefined;
    const every = Number(count) * { minute: 60_000, hour: 3_600_000, day: DAY_MS }[unit as 'minute'];
    return (after) => after + every;
  }
  return kind === 'cron' ? parseCron(inner.split(/\s+/), timezone, skipsGaps) : undefined;
}

function parseCron(fields: string[], timezone: string, skipsGaps: boolean): NextRun | undefined {
  const [minute, hour, date, month, day, year] = fields;
  if (fields.length !== 6 || (date !== '?') === (day !== '?')) return undefined;
  const minutes = valuesOf(minute!, 0, 59);
  const hours = valuesOf(hour!, 0, 23);
  const dates = valuesOf(date!, 1, 31);
  const months = valuesOf(month!, 1, 12, MONTHS, 1);
  const days = valuesOf(day!, 1, 7, DAYS, 1);
  const years = valuesOf(year!, 1970, 2199);
  if (!minutes || !hours || !dates || !months || !days || !years) return undefined;

  return (after) => {
    const first = new Date(after - DAY_MS);
    for (let offset = 0; offset < HORIZON_DAYS; offset += 1) {
      const each = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() + offset));
      const fits =
        years.has(each.getUTCFullYear()) &&
        months.has(each.getUTCMonth() + 1) &&
        dates.has(each.getUTCDate()) &&
        days.has(each.getUTCDay() + 1);
      if (!fits) continue;
      const times = [...hours].flatMap((h) => [...minutes].map((m) => `${pad(h)}:${pad(m)}:00`)).sort();
      for (const time of times) {
        const local = `${each.toISOString().slice(0, 10)}T${time}`;
        const at = zoned(local, timezone);
        if (skipsGaps && shownIn(timezone, at) !== Date.parse(`${local}Z`)) continue;
        if (at > after) return at;
      }
    }
    return undefined;
  };
}

/** The numbers that one field of a cron expression allows. */
function valuesOf(
  field: string,
  min: number,
  max: number,
  names: string[] = [],
  firstName = 0,
): Set<number> | undefined {
  const values = new Set<number>();
  const numberOf = (text: string) => {
    const name = names.indexOf(text.toUpperCase());
    return name >= 0 ? name + firstName : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [min, max] : range.split('-').map(numberOf);
    const last = to ?? (part.includes('/') ? max : from!);
    if (!(from! >= min && last <= max && from! <= last && /^[1-9]\d*$/.test(step))) return undefined;
    for (let value = from!; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** The moment at which clocks of a zone show a local time. */
function zoned(local: string, timezone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const shown = (at: number) => shownIn(timezone, at);
  // Twice, since the offset at the first guess may be that of the other side of a change of clocks.
  const guess = asUtc - (shown(asUtc) - asUtc);
  return guess - (shown(guess) - asUtc);
}

/** What clocks of a zone show at a moment, as if it were UTC. */
const shownIn = (timezone: string, at: number): number =>
  Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone: timezone }).replace(' ', 'T')}Z`);
