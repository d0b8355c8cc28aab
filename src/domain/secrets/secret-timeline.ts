interface Version {
  readonly VersionId?: string;
  readonly VersionStages?: readonly string[];
  readonly CreatedDate?: Date;
}

/** Somebody has made an earlier version current again; it was written down right before it was done. */
export interface VersionMove {
  at: Date;
  to: string;
  from: string;
}

/** Between the word and the deed. */
const DOUBTFUL_MS = 60_000;

/**
 * Which versions of a secret may have been current at a time. A new version is current from its creation on, and Secrets
 * Manager does not say when stages were moved back: that is told by `moves`. Undefined when what is known does not lead
 * to the version that is current today, so that it was moved otherwise.
 */
export function versionsAt(
  versions: readonly Version[],
  moves: readonly VersionMove[],
  time: Date | undefined,
): string[] | undefined {
  const events = [
    ...versions
      // A pending one was never given to anybody.
      .filter(({ VersionStages = [] }) => VersionStages.join() !== 'AWSPENDING')
      .map(({ VersionId, CreatedDate }) => ({ at: CreatedDate, to: VersionId!, from: undefined })),
    ...movesOf(versions, moves),
  ].toSorted((a, b) => Number(a.at) - Number(b.at));
  const current = versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'))?.VersionId;
  if (!time || current === undefined || events.at(-1)?.to !== current) return undefined;
  const before = events.findLast(({ at }) => at! < time);
  if (!before) return undefined;
  // Of an earlier one nobody knows any more whether it came to the deed.
  const isSure = before === events.at(-1) && Number(time) - Number(before.at) > DOUBTFUL_MS;
  return before.from === undefined || isSure ? [before.to] : [before.to, before.from];
}

/** Those of this secret: ids of versions are unique. */
export const movesOf = (versions: readonly Version[], moves: readonly VersionMove[]): VersionMove[] =>
  moves.filter(({ to }) => versions.some(({ VersionId }) => VersionId === to));
