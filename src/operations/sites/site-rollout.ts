import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { outputs } from '../../../infra/outputs.ts';
import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { noteOfBuild } from '../../process/open-next/build-note.ts';
import { isNextBuilt } from '../../process/open-next/read-output.ts';
import { readSiteReleases, type SiteRelease } from '../../release/site-release.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import type { StateAccess } from '../state-of.ts';
import type { BuiltKind, ChosenSite } from './choose-sites.ts';
import { keepFiles } from './keep-files.ts';
import { buildSite } from './site-build.ts';
import { builtFolder, filesOf, type Uploadable } from './site-files.ts';
import type { SiteFilesWork } from './site-restore.ts';
import { sourceOf } from './site-source.ts';
import { newSiteRelease, type PlannedUpload, planUpload, settleUpload, uploadFiles } from './site-upload.ts';
import { missingVariables, readSiteVariables } from './site-variables.ts';

type Place = Pick<Project, 'root' | 'gitRoot'>;

export interface SiteRolloutInput {
  project: Place;
  /** False: what the last build has left is taken. */
  build: boolean;
  commit?: string;
  access: StateAccess;
  /** As the stacks stand before anything is changed. */
  outputsOf: OutputsOf;
}

/** What a deployment does to one site. */
interface Task {
  name: string;
  site: BuiltKind;
  /** Build it, now or once the stacks tell what it wants to know; absent: bring up what lies there. */
  builds?: 'now' | 'late';
}

/** A contract of `deploy --json`: the release of the files that visitors get; null where none is up. */
export type SiteFilesReleases = Record<string, string | null>;

/**
 * The files of sites in a deployment (S3-13, S3-97): built when their sources have changed, brought up assets first, and
 * in an order in which no page names what is not there. New files of a Next.js application go up before its new
 * servers, those of a single-page application after the stacks that it asks.
 */
export class SiteRollout implements SiteFilesWork {
  readonly #session: Session;
  readonly #input: SiteRolloutInput;
  readonly #tasks: readonly Task[];
  readonly #staged = new Map<string, { files: Uploadable[]; release: SiteRelease }>();
  readonly #begun = new Map<string, PlannedUpload>();

  constructor(session: Session, input: SiteRolloutInput, tasks: readonly Task[]) {
    this.#session = session;
    this.#input = input;
    this.#tasks = tasks;
  }

  /** Whether there is anything to do. */
  get isNeeded(): boolean {
    return this.#tasks.length > 0;
  }

  /** In the plan, for people. */
  lines(): string[] {
    return this.#tasks.map(
      ({ name, builds }) => `${builds ? '~ build and bring up' : '~ bring up'} the files of site ${name}`,
    );
  }

  /** What can be built before anything is changed, is: a build that fails then leaves everything as it was. */
  async build(): Promise<void> {
    for (const task of this.#tasks) if (task.builds === 'now') await this.#built(task, this.#input.outputsOf);
  }

  /**
   * Lays aside what is built already, before anything is changed: whoever finds the deployment cut off can bring it up
   * without this machine. Answers with the release of each site; null where it is built later.
   */
  async stage(): Promise<SiteFilesReleases> {
    for (const task of this.#tasks) if (task.builds !== 'late') await this.#keep(task, this.#input.outputsOf);
    return Object.fromEntries(this.#tasks.map(({ name }) => [name, this.#staged.get(name)?.release.id ?? null]));
  }

  /** Before the servers change: their new pages name these files. Nothing where the bucket is not there yet. */
  async first(outputsOf: OutputsOf, lock: HeldLock): Promise<void> {
    for (const task of this.#tasks)
      if (task.site.kind === 'next' && !this.#begun.has(task.name)) await this.#upload(task, outputsOf, lock);
  }

  /** When all stacks stand: the rest, and what makes browsers and edges see it. */
  async last(outputsOf: OutputsOf, lock: HeldLock): Promise<void> {
    for (const task of this.#tasks) {
      if (task.builds === 'late') await this.#built(task, outputsOf);
      const planned = this.#begun.get(task.name) ?? (await this.#upload(task, outputsOf, lock));
      const distribution = outputsOf('sites')[outputs.sites.distributionId(task.name)];
      if (planned && distribution && !planned.isSame)
        await settleUpload(this.#session, this.#input.access, planned, { distribution, wait: true });
    }
  }

  async #built(task: Task, outputsOf: OutputsOf): Promise<void> {
    await buildSite(this.#session, this.#input.project, chosenOf(this.#session, task, outputsOf));
  }

  async #keep(task: Task, outputsOf: OutputsOf) {
    const { project, access, commit, build } = this.#input;
    const chosen = chosenOf(this.#session, task, outputsOf);
    const files = await filesOf(project, chosen);
    const source = build && task.site.kind === 'spa' ? await sourceOf(project, chosen) : undefined;
    const release = newSiteRelease({ at: this.#session.clock.now(), files, commit, source });
    await keepFiles(this.#session, access, { site: task.name, release, files });
    const staged = { files, release };
    this.#staged.set(task.name, staged);
    return staged;
  }

  async #upload(task: Task, outputsOf: OutputsOf, lock: HeldLock): Promise<PlannedUpload | undefined> {
    const { access } = this.#input;
    const bucket = bucketOf(task, outputsOf);
    if (bucket === undefined) return undefined;
    const staged = this.#staged.get(task.name) ?? (await this.#keep(task, outputsOf));
    const planned = await planUpload(this.#session, access, { site: task.name, bucket, ...staged });
    if (!planned.isSame) await uploadFiles(this.#session, access, planned, lock);
    this.#begun.set(task.name, planned);
    return planned;
  }
}

const bucketOf = ({ name, site }: Pick<Task, 'name' | 'site'>, outputsOf: OutputsOf): string | undefined =>
  site.kind === 'next'
    ? outputsOf('functions')[outputs.functions.siteBucket(name)]
    : outputsOf('sites')[outputs.sites.bucketName(name)];

/** Sites with files of their own, in the order of the configuration. */
export const builtSites = ({ environment }: Pick<Session, 'environment'>): [string, BuiltKind][] =>
  Object.entries(environment.blocks.sites).flatMap(([name, site]): [string, BuiltKind][] =>
    site.kind === 'media' ? [] : [[name, site]],
  );

function variablesOf({ environment, variables: around }: Session, site: BuiltKind, outputsOf: OutputsOf) {
  const told = outputsOf('sites');
  return readSiteVariables(site.buildEnv, {
    blocks: environment.blocks,
    around,
    outputsOf,
    siteValue: (other, attribute) => {
      const domain = environment.blocks.sites[other]?.domain;
      const url = domain ? `https://${domain}` : told[outputs.sites.url(other)];
      return attribute === 'url' ? url : url?.replace(/^https:\/\//, '');
    },
  });
}

function chosenOf(session: Session, { name, site }: Pick<Task, 'name' | 'site'>, outputsOf: OutputsOf): ChosenSite {
  const { variables, unset, unknown } = variablesOf(session, site, outputsOf);
  if (unset.length + unknown.length > 0) throw missingVariables(name, unset, unknown);
  return { name, site, variables, place: undefined };
}

/**
 * Builds Next.js applications whose sources have changed since the build that lies there: their functions are made of
 * it, so templates need it. A build that somebody else has made is taken as it is. Changes nothing but the project's folder.
 */
export async function buildNextSites(session: Session, { project, build, access }: BuildInput): Promise<void> {
  const { flags, reporter } = session;
  const sites = builtSites(session).filter(([, { kind }]) => kind === 'next');
  if (!build || sites.length === 0) return;
  const stacks = new Map((await findStacks(session, access.state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  for (const [name, site] of sites) {
    if (!isThere(project, site)) continue;
    const app = projectPath(project, site.dir);
    const [isBuilt, noted] = [isNextBuilt(app), await noteOfBuild(app)];
    if (isBuilt && noted === undefined)
      reporter.note(
        `sites.${name}: ${site.dir}/.open-next is taken as it is; platform site build ${name} makes it anew`,
      );
    if (isBuilt && noted === undefined) continue;
    const { variables, unset, unknown } = variablesOf(session, site, (stack) => stacks.get(stack) ?? {});
    if (unset.length > 0) throw missingVariables(name, unset, []);
    if (unknown.length > 0) throw knownLate(name, unknown);
    const chosen = { name, site, variables, place: undefined };
    if (isBuilt && noted === (await sourceOf(project, chosen))) continue;
    if (flags.dryRun) reporter.warn(`sites.${name} would be built; this looks at the build that lies there`);
    else await buildSite(session, project, chosen);
  }
}

const isThere = ({ root }: Place, { dir }: BuiltKind): boolean => existsSync(resolve(root, dir));

type BuildInput = Pick<SiteRolloutInput, 'project' | 'build' | 'access'>;

/** What a deployment has to do about the files of sites. Throws what is missing before anything is changed. */
export async function planSiteRollout(session: Session, input: SiteRolloutInput): Promise<SiteRollout> {
  const { reporter } = session;
  const tasks: Task[] = [];
  for (const [name, site] of builtSites(session)) {
    if (!isThere(input.project, site)) {
      reporter.warn(`sites.${name}: its folder ${site.dir} is not there, so its files are not brought up`);
      continue;
    }
    const task = site.kind === 'next' ? { name, site } : await spaTask(session, input, name, site);
    if (task && (task.builds || (await differs(session, input, task)))) tasks.push(task);
  }
  return new SiteRollout(session, input, tasks);
}

async function spaTask(
  session: Session,
  { project, build, access, outputsOf }: SiteRolloutInput,
  name: string,
  site: BuiltKind,
): Promise<Task | undefined> {
  const { variables, unset, unknown } = variablesOf(session, site, outputsOf);
  if (!build) {
    if (existsSync(builtFolder(project, { name, site, variables, place: undefined }))) return { name, site };
    session.reporter.warn(`sites.${name}: nothing is built, so no files are brought up (--no-build)`);
    return undefined;
  }
  if (unset.length > 0) throw missingVariables(name, unset, []);
  if (unknown.length > 0) return { name, site, builds: 'late' };
  const { live, begun } = await readSiteReleases(access.objects, session.environment.name, name);
  const isUp = bucketOf({ name, site }, outputsOf) !== undefined && live !== undefined && !begun;
  if (isUp && live.source === (await sourceOf(project, { site, variables }))) return undefined;
  return { name, site, builds: 'now' };
}

/** Whether what lies here is other than what is up. */
async function differs(
  session: Session,
  { project, access, outputsOf }: SiteRolloutInput,
  task: Task,
): Promise<boolean> {
  const bucket = bucketOf(task, outputsOf);
  if (bucket === undefined) return true;
  const files = await filesOf(project, { ...task, variables: {}, place: undefined });
  return !(await planUpload(session, access, { site: task.name, bucket, files })).isSame;
}

/** The release that visitors get of every site. */
export async function siteFilesReleases(
  session: Pick<Session, 'environment'>,
  { objects }: Pick<StateAccess, 'objects'>,
): Promise<SiteFilesReleases> {
  const read = await Promise.all(
    builtSites(session).map(async ([name]) => {
      const { live } = await readSiteReleases(objects, session.environment.name, name);
      return [name, live?.id ?? null] as const;
    }),
  );
  return Object.fromEntries(read);
}

const knownLate = (site: string, unknown: readonly string[]) =>
  new PlatformError({
    id: 'build-variables-late',
    kind: 'usage',
    message: `sites.${site} is built before anything is deployed, and ${unknown.join(', ')} is known only after it`,
    remedy: `use what is known before, such as a domain; what its server needs when it runs belongs into sites.${site}.env`,
  });
