const PART = /(\d{1,6})(h|m|s)/g;
const UNIT_MS = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Milliseconds of `90s`, `30m`, `2h`, `1h30m`; undefined when it is no such text. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined;
  const units = parts.map(([, , unit]) => unit);
  if (new Set(units).size < units.length) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS], 0);
}

/** `1 h 5 min`, as people say it: seconds only below a minute, days from the second on. */
export function durationText(ms: number): string {
  const minutes = Math.round(ms / UNIT_MS.m);
  if (minutes < 1) return `${Math.max(0, Math.round(ms / UNIT_MS.s))} s`;
  const hours = Math.floor(minutes / 60);
  const days = hours < 48 ? 0 : Math.floor(hours / 24);
  const parts = [
    [days, 'days'],
    [hours - days * 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
}
