import type { Session } from '../../context.ts';
import { keyDifference } from '../../domain/secrets/key-difference.ts';
import { readAudit } from '../../release/audit-trail.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { contentsOf, hashedContents } from '../../release/secret-contents.ts';
import { stateOf } from '../state-of.ts';
import { chosenSecrets } from './choose-secrets.ts';

export interface VersionRow {
  versionId: string;
  /** ISO 8601. */
  createdAt: string | null;
  /** `AWSCURRENT`, `AWSPREVIOUS` … */
  stages: string[];
  /** From our own record; null for a version that somebody made otherwise. */
  by: string | null;
  host: string | null;
  /** Names of keys against the version before; null where one of the two cannot be read, or is no JSON object. */
  added: string[] | null;
  changed: string[] | null;
  removed: string[] | null;
}

/** The contract of `secrets history --json`. */
export interface HistoryOutcome {
  environment: string;
  name: string;
  secretName: string;
  /** Newest first. */
  versions: VersionRow[];
}

/** By a person with `secrets push`, or by a deployment. */
const MAKES_A_VERSION: ReadonlySet<string> = new Set(['secret-pushed', 'secret-made']);

/** Entries of the record that are looked through for the makers of versions. */
const MOST_ENTRIES = 300;

/** The versions that Secrets Manager still has, what each changed, and who made it. Only reads; names of keys only. */
export async function secretHistory(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  { secret, limit }: { secret: string; limit: number },
): Promise<HistoryOutcome> {
  const { aws, environment } = session;
  const { name, secretName } = chosenSecrets(environmentSecrets(environment), [secret], environment.name)[0]!;
  const { objects } = await stateOf(session);
  const [described, listed, trail] = await Promise.all([
    aws.secrets.describe(secretName),
    aws.secrets.versions(secretName),
    readAudit(objects, environment.name, MOST_ENTRIES),
  ]);
  const makers = new Map(
    trail.filter(({ event }) => MAKES_A_VERSION.has(event)).map((entry) => [String(entry.versionId), entry]),
  );
  // One more than is shown: the oldest of them is compared with it.
  const newest = listed.toSorted((a, b) => Number(b.CreatedDate) - Number(a.CreatedDate)).slice(0, limit + 1);
  const readable = described !== undefined && described.DeletedDate === undefined;
  const hashes = hashedContents();
  const contents = await Promise.all(
    newest.map(async ({ VersionId }) => {
      const value = readable ? await aws.secrets.value(secretName, VersionId) : undefined;
      return hashes(contentsOf(secretName, value?.text));
    }),
  );
  const rows = newest.slice(0, limit).map(({ VersionId, CreatedDate, VersionStages = [] }, index): VersionRow => {
    const maker = makers.get(VersionId!);
    const isFirst = index === newest.length - 1;
    return {
      versionId: VersionId!,
      createdAt: CreatedDate?.toISOString() ?? null,
      stages: [...VersionStages].sort(),
      by: maker?.principal ?? null,
      host: maker?.host ?? null,
      ...difference(isFirst ? new Map() : contents[index + 1], contents[index]),
    };
  });
  return { environment: environment.name, name, secretName, versions: rows };
}

const UNTOLD = { added: null, changed: null, removed: null };

function difference(before: ReadonlyMap<string, string> | undefined, after: ReadonlyMap<string, string> | undefined) {
  if (!before || !after) return UNTOLD;
  const { unchanged: _, ...keys } = keyDifference(before, after);
  return keys;
}
