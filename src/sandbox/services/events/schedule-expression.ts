const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Minutes, hours, day of month, month, day of week, year. */
const FIELDS: readonly { min: number; max: number; names?: readonly string[] }[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 1, max: 7, names: DAYS },
  { min: 1970, max: 2199 },
];

/** Whether an expression is one that EventBridge takes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export function isSchedule(expression: string): boolean {
  const rate = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/.exec(expression);
  if (rate) return Number(rate[1]) > 0 && rate[2]!.endsWith('s') === (Number(rate[1]) !== 1);

  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) return false;
  // One of the two days must be left open.
  if ((fields[2] === '?') === (fields[4] === '?')) return false;
  return fields.every((field, index) => isField(field, index));
}

function isField(field: string, index: number): boolean {
  if (field === '*') return true;
  if (field === '?') return index === 2 || index === 4;
  return field.split(',').every((part) => isPart(part, index));
}

function isPart(part: string, index: number): boolean {
  const { min, max, names } = FIELDS[index]!;
  const isValue = (text: string) =>
    names?.includes(text.toUpperCase()) || (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max);
  if (index === 2 && /^(L|LW|\d{1,2}W)$/.test(part)) return true;
  if (index === 4) {
    const [, day, nth] = /^(\w+?)(?:L|#([1-5]))$/.exec(part) ?? [];
    if (day !== undefined && isValue(day) && (nth !== undefined || part.endsWith('L'))) return true;
    if (part === 'L') return true;
  }
  const [range = '', step] = part.split('/');
  if (step !== undefined && !/^\d+$/.test(step)) return false;
  if (range === '*') return step !== undefined;
  const bounds = range.split('-');
  return bounds.length <= 2 && bounds.every(isValue);
}
