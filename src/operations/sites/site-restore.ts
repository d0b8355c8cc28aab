import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { contentKey, keptContents, readKept } from '../../release/kept-files.ts';
import { readSiteReleases } from '../../release/site-release.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import type { StateAccess } from '../state-of.ts';
import type { Uploadable } from './site-files.ts';
import { type PlannedUpload, planUpload, settleUpload, type UploadInput, uploadFiles } from './site-upload.ts';

/** Files of sites that a deployment or a rollback brings up around its stacks. */
export interface SiteFilesWork {
  readonly isNeeded: boolean;
  /** Before what is rolled out changes. */
  first(outputsOf: OutputsOf, lock: HeldLock): Promise<void>;
  /** When all stacks stand. */
  last(outputsOf: OutputsOf, lock: HeldLock): Promise<void>;
  /** Everything that is rolled out waits for `first`, not servers alone. */
  readonly leads?: boolean;
}

type Wanted = Omit<UploadInput, 'bucket'>;

/** The files of a site as a release had them; undefined when they are not kept any more. */
async function keptOf(
  { environment }: Pick<Session, 'environment'>,
  { objects }: Pick<StateAccess, 'objects'>,
  site: string,
  id: string,
): Promise<Wanted | undefined> {
  const place = { environment: environment.name, site };
  const [kept, contents] = await Promise.all([readKept(objects, place, id), keptContents(objects, place)]);
  if (!kept?.files.every(({ md5 }) => contents.has(md5))) return undefined;
  const files = kept.files.map((file): Uploadable => ({ ...file, kept: contentKey(place, file.md5) }));
  return { site, files, release: kept.release };
}

/**
 * Brings back the files that releases had (S3-97): pages go back before what they ask, because the newer pages may ask for
 * what the older API does not have. Files of the newer release stay for those who have its pages open (F-118).
 */
export class SiteRestore implements SiteFilesWork {
  readonly leads = true;
  readonly #session: Session;
  readonly #access: StateAccess;
  readonly #wanted: readonly Wanted[];
  readonly #begun = new Map<string, PlannedUpload>();
  readonly #settled = new Set<string>();

  constructor(session: Session, access: StateAccess, wanted: readonly Wanted[]) {
    this.#session = session;
    this.#access = access;
    this.#wanted = wanted;
  }

  get isNeeded(): boolean {
    return this.#wanted.length > 0;
  }

  /** The release of its files, by site: for the word that is left before anything is done, and for the answer. */
  get releases(): Record<string, string> {
    return Object.fromEntries(this.#wanted.map(({ site, release }) => [site, release!.id]));
  }

  lines(): string[] {
    return this.#wanted.map(
      ({ site, release }) => `~ bring back the files of site ${site} as of release ${release!.id}`,
    );
  }

  async first(outputsOf: OutputsOf, lock: HeldLock): Promise<void> {
    for (const wanted of this.#wanted) {
      await this.#upload(wanted, outputsOf, lock);
      // Pages of servers are theirs: the edges forget the newer ones when the older servers run.
      if (outputsOf('functions')[outputs.functions.siteBucket(wanted.site)] === undefined)
        await this.#settle(wanted.site, outputsOf);
    }
  }

  async last(outputsOf: OutputsOf, lock: HeldLock): Promise<void> {
    for (const wanted of this.#wanted) {
      await this.#upload(wanted, outputsOf, lock);
      await this.#settle(wanted.site, outputsOf);
    }
  }

  async #upload(wanted: Wanted, outputsOf: OutputsOf, lock: HeldLock): Promise<void> {
    const bucket = siteBucketOf(wanted.site, outputsOf);
    if (this.#begun.has(wanted.site) || bucket === undefined) return;
    const planned = await planUpload(this.#session, this.#access, { ...wanted, bucket });
    if (!planned.isSame) await uploadFiles(this.#session, this.#access, planned, lock);
    this.#begun.set(wanted.site, planned);
  }

  async #settle(site: string, outputsOf: OutputsOf): Promise<void> {
    const planned = this.#begun.get(site);
    const distribution = outputsOf('sites')[outputs.sites.distributionId(site)];
    if (!planned || planned.isSame || !distribution || this.#settled.has(site)) return;
    await settleUpload(this.#session, this.#access, planned, { distribution, wait: true });
    this.#settled.add(site);
  }
}

export const siteBucketOf = (site: string, outputsOf: OutputsOf): string | undefined =>
  outputsOf('functions')[outputs.functions.siteBucket(site)] ?? outputsOf('sites')[outputs.sites.bucketName(site)];

/** What has to be brought back so that visitors get these releases; says which are not kept. Only reads. */
export async function planSiteRestore(
  session: Session,
  access: StateAccess,
  { sites = {}, outputsOf }: { sites?: Readonly<Record<string, string | null>> | undefined; outputsOf: OutputsOf },
): Promise<{ restore: SiteRestore; notKept: string[] }> {
  const wanted: Wanted[] = [];
  const notKept: string[] = [];
  for (const [site, id] of Object.entries(sites)) {
    if (id === null) continue;
    const { live, begun } = await readSiteReleases(access.objects, session.environment.name, site);
    const bucket = siteBucketOf(site, outputsOf);
    if (live?.id === id && !begun && bucket !== undefined) continue;
    const kept = await keptOf(session, access, site, id);
    if (!kept) notKept.push(site);
    else if (bucket === undefined || !(await planUpload(session, access, { ...kept, bucket })).isSame)
      wanted.push(kept);
  }
  return { restore: new SiteRestore(session, access, wanted), notKept };
}
