import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import { type FileRole, isPrivateFile, roleOf } from '../../domain/site-files.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { nextFiles } from '../../process/open-next/read-output.ts';
import { readSite, type SiteFile } from '../../process/read-site.ts';
import type { ChosenSite } from './choose-sites.ts';

/** A file of a build, or one that is kept under this key. */
export type Uploadable = { role: FileRole } & (SiteFile | (Omit<SiteFile, 'path'> & { kept: string }));

/** What the build of a site has left for its bucket. Throws what is missing, and what nobody may see. */
export async function filesOf(project: Pick<Project, 'root' | 'gitRoot'>, chosen: ChosenSite): Promise<Uploadable[]> {
  const { name, site } = chosen;
  const app = projectPath(project, site.dir);
  if (site.kind === 'spa') return filesOfSpa(project, name, site);
  const folders = nextFiles(name, app);
  if (!folders) throw outputMissing(name, `${site.dir}/.open-next`, false);
  const files = await Promise.all(
    folders.map(async ({ folder, prefix, isPublic, versioned }) => {
      const found = (await readSite(folder)) ?? [];
      const secret = isPublic ? found.find(({ key }) => isPrivateFile(key)) : undefined;
      if (secret) throw filePrivate(name, `public/${secret.key}`);
      const role = (key: string): FileRole =>
        !isPublic ? 'cache' : versioned && key.startsWith(`${versioned}/`) ? 'immutable' : roleOf(key);
      return found.map((file) => ({ ...file, key: `${prefix}/${file.key}`, role: role(file.key) }));
    }),
  );
  return files.flat();
}

/** The folder that a build writes, as its `--json` shows it. */
export const builtFolder = (project: Pick<Project, 'root' | 'gitRoot'>, { site }: ChosenSite): string =>
  join(projectPath(project, site.dir), site.kind === 'spa' ? site.output : '.open-next');

async function filesOfSpa(
  project: Pick<Project, 'root' | 'gitRoot'>,
  name: string,
  { dir, output }: { dir: string; output: string },
): Promise<Uploadable[]> {
  const folder = join(projectPath(project, dir), output);
  // A build may have put a link there.
  const files = existsSync(folder) ? await readSite(projectPath(project, dir, output)) : undefined;
  const shown = `${dir}/${output}`;
  if (!files?.some(({ key }) => key === 'index.html')) throw outputMissing(name, shown, files !== undefined);
  const secret = files.find(({ key }) => isPrivateFile(key));
  if (secret) throw filePrivate(name, `${shown}/${secret.key}`);
  return files.map((file) => ({ ...file, role: roleOf(file.key) }));
}

const outputMissing = (site: string, folder: string, exists: boolean) =>
  new PlatformError({
    id: 'site-output-missing',
    kind: 'failed',
    message: exists
      ? `${folder} of sites.${site} has no index.html`
      : `The build of sites.${site} left no folder ${folder}`,
    remedy: `set sites.${site}.output to the folder that the build writes, or run platform site build ${site} to see what it says`,
  });

const filePrivate = (site: string, path: string) =>
  new PlatformError({
    id: 'site-file-private',
    kind: 'failed',
    message: `${path} would be readable by everybody: files that begin with a dot are no part of sites.${site}`,
    remedy: 'keep it out of the folder that the build writes; .well-known is the one exception',
  });
