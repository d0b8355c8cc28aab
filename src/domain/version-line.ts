import { counted } from './counted.ts';

/** A version of a function with its calls of the last day; null where they may not be counted. */
interface CountedVersion {
  version: string;
  release: string;
  live: boolean;
  calls: number | null;
  failed: number | null;
}

export function versionLine({ version, release, live, calls, failed }: CountedVersion): string {
  const within =
    calls === null || failed === null
      ? 'calls may not be counted'
      : calls === 0
        ? 'no calls within a day'
        : `${counted(calls, 'call')} within a day, ${failed} failed (${percent(failed, calls)} %)`;
  return `  version ${version}  release ${release}  ${within}${live ? '  now' : ''}`;
}

export const percent = (part: number, all: number): number => (all === 0 ? 0 : Math.round((1_000 * part) / all) / 10);
