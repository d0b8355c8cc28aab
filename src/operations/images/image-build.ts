import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { described, type ImageInput, type ImageOutcome, planBuilds } from './image-push.ts';
import { buildImage, sameBuilds } from './make-images.ts';
import type { PlannedBuild } from './planned-build.ts';
import { requireEngine } from './require-engine.ts';

/** Builds on this machine and pushes nothing. Needs no account: AWS is not asked. */
export async function imageBuild(context: Context, { names, options, tag }: ImageInput): Promise<ImageOutcome> {
  const { clock, flags, reporter } = context;
  const { project, environment } = await context.configured();
  const session = {
    reporter,
    environment,
    project: async () => project,
    containerEngine: () => context.containerEngine(),
    workDirectory: join(project.root, '.platform'),
  };
  const builds = await planBuilds(session, { names, tag });
  await requireEngine(session);
  if (!flags.dryRun)
    await reporter.tree('Building images', async (tree) => {
      const run = `image-${newReleaseId(clock.now())}`;
      const reference = (build: PlannedBuild) => `${build.repository}:${build.tag}`;
      for (const group of sameBuilds(builds)) await buildImage(session, group, { options, run, tree, reference });
    });
  return {
    images: builds.map((build) => ({ ...described(build), digest: null, action: 'built' })),
    dryRun: flags.dryRun,
  };
}
