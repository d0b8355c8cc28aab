export interface VersionQuestion {
  /** As configured: `16`, or `16.4`. */
  configured: string;
  /** What an earlier deployment chose. */
  kept?: string | undefined;
  /** What runs. */
  live?: string | undefined;
  /** What RDS offers of the configured version, oldest first; asked only where the answer depends on it. */
  offered: () => Promise<readonly string[]>;
}

export type VersionAnswer =
  /** `adopted`: AWS has moved on past what was chosen or configured. */
  { version: string; adopted: boolean } | { problem: 'not-offered' | 'major-is-newer' };

/**
 * The version that the template has to name. RDS upgrades minor versions by itself and never goes back, so a template
 * with an older one would be refused (F-75): within a major version the newer of what runs and what is wanted counts.
 */
export async function engineVersion({ configured, kept, live, offered }: VersionQuestion): Promise<VersionAnswer> {
  const isFixed = configured.includes('.');
  const fitting = kept !== undefined && (kept === configured || kept.startsWith(`${configured}.`)) ? kept : undefined;
  if (live !== undefined && major(live) > major(configured)) return { problem: 'major-is-newer' };
  if (live !== undefined && major(live) === major(configured)) {
    const wanted = isFixed ? configured : (fitting ?? live);
    if (compareVersions(live, wanted) >= 0) return { version: live, adopted: compareVersions(live, wanted) > 0 };
    if (wanted === fitting || (await offered()).includes(wanted)) return { version: wanted, adopted: false };
    return { problem: 'not-offered' };
  }
  if (fitting !== undefined) return { version: fitting, adopted: false };
  const newest = (await offered()).at(-1);
  return newest === undefined ? { problem: 'not-offered' } : { version: newest, adopted: false };
}

const major = (version: string): number => Number(version.split('.')[0]);

/** As numbers, part by part: 16.10 is newer than 16.9. */
export const compareVersions = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
