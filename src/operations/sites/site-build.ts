import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import type { Session } from '../../context.ts';
import { redact } from '../../domain/redact.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeNoteOfBuild } from '../../process/open-next/build-note.ts';
import { isNextBuilt } from '../../process/open-next/read-output.ts';
import { runBuild } from '../../process/run-build.ts';
import { type ChosenSite, chooseSites } from './choose-sites.ts';
import { builtFolder } from './site-files.ts';
import { sourceOf } from './site-source.ts';

export interface BuiltSite {
  name: string;
  /** Absolute. */
  folder: string;
  seconds: number;
}

type Powers = Pick<Session, 'clock' | 'flags' | 'reporter' | 'signal' | 'variables'>;

/** Builds a site with its command; throws `site-build-failed` with the last lines that it said. */
export async function buildSite(
  { clock, reporter, signal, variables: around }: Powers,
  project: Pick<Project, 'root' | 'gitRoot'>,
  chosen: ChosenSite,
): Promise<BuiltSite> {
  const { name, site, variables } = chosen;
  const directory = projectPath(project, site.dir);
  const startedAt = clock.now();
  const { exitCode, tail } = await reporter.step(`Building ${name}`, (update) =>
    runBuild(site.build, { directory, variables: { ...around, ...variables }, signal, onLine: update }),
  );
  if (exitCode !== 0) throw buildFailed(chosen, exitCode, tail);
  if (site.kind === 'next' && isNextBuilt(directory))
    await writeNoteOfBuild(directory, await sourceOf(project, chosen));
  return { name, folder: builtFolder(project, chosen), seconds: Math.round((clock.now() - startedAt) / 100) / 10 };
}

/** The contract of `site build --json`. */
export interface SiteBuildOutcome {
  environment: string;
  sites: BuiltSite[];
  dryRun: boolean;
}

/** Builds and uploads nothing. What is deployed is read for the addresses that a build may want to know. */
export async function siteBuild(
  session: Session,
  project: Pick<Project, 'root' | 'gitRoot'>,
  names: readonly string[],
): Promise<SiteBuildOutcome> {
  const { environment, flags } = session;
  const chosen = await chooseSites(session, names, { builds: true });
  const sites: BuiltSite[] = [];
  for (const one of chosen.sites)
    sites.push(
      flags.dryRun
        ? { name: one.name, folder: builtFolder(project, one), seconds: 0 }
        : await buildSite(session, project, one),
    );
  return { environment: environment.name, sites, dryRun: flags.dryRun };
}

/** How npx, shells and Node say that a program or a package is not installed. */
const NOT_THERE = /canceled due to missing packages|: (?:command )?not found|Cannot find (?:package|module)/;

/** What a build says is its own, but variables of a pipeline may be among it: what looks like a secret is taken out. */
const buildFailed = ({ name, site }: ChosenSite, exitCode: number | null, tail: readonly string[]) =>
  new PlatformError({
    id: 'site-build-failed',
    kind: 'failed',
    message: [
      `The build of sites.${name} (${site.build}) ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`,
      ...tail.slice(-15).map((line) => `  ${redact(line)}`),
    ].join('\n'),
    remedy: tail.some((line) => NOT_THERE.test(line))
      ? `install the packages of ${site.dir} (npm install, or what it uses), and run the same command again; nothing was uploaded`
      : 'correct what it complains about and run the same command again; nothing was uploaded',
  });
