import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import { sourceFingerprint } from '../../process/source-fingerprint.ts';
import type { ChosenSite } from './choose-sites.ts';

/** What the build of a site is made of, by content: its sources, its command and the variables that it is given. */
export const sourceOf = (
  project: Pick<Project, 'root' | 'gitRoot'>,
  { site, variables }: Pick<ChosenSite, 'site' | 'variables'>,
): Promise<string> =>
  sourceFingerprint({
    folder: projectPath(project, site.dir),
    leaveOut: site.kind === 'spa' ? [site.output] : [],
    more: { build: site.build, variables: Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)) },
  });
