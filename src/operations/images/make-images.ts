import { join } from 'node:path';
import type { Session } from '../../context.ts';
import { tellingLine, troubleIn } from '../../domain/engine-trouble.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isSameBuild } from '../../release/component-images.ts';
import type { MakeInput, MakePowers } from './make-input.ts';
import type { PlannedBuild } from './planned-build.ts';
import { provideByContent } from './provide-by-content.ts';
import { openRegistry } from './push-images.ts';
import type { PushedImage } from './pushed-image.ts';
import { requireEngine } from './require-engine.ts';

type BuildPowers = Pick<Session, 'containerEngine' | 'environment' | 'reporter' | 'workDirectory'>;

/** Builds what the registry does not have yet, pushes it, and answers with what the registry then says it has. */
export async function makeImages(session: MakePowers, input: MakeInput): Promise<PushedImage[]> {
  if (input.builds.length === 0) return [];
  const registry = await openRegistry(session, input);
  try {
    const made: PushedImage[] = [];
    for (const builds of sameBuilds(input.builds)) {
      const there = input.options.rebuild ? [] : await provideByContent(session, builds, { write: true });
      made.push(...there);
      const rest = builds.filter(({ component }) => !there.some((one) => one.component === component));
      if (rest.length === 0) continue;
      await buildImage(session, rest, { ...input, reference: registry.reference });
      for (const build of rest) made.push(await registry.push(build));
    }
    return made;
  } finally {
    await registry.close();
  }
}

/** Components that are built of the same are built once. */
export function sameBuilds(builds: readonly PlannedBuild[]): PlannedBuild[][] {
  const groups: PlannedBuild[][] = [];
  for (const build of builds) {
    const group = groups.find(([first]) => first && isSameBuild(first, build));
    if (group) group.push(build);
    else groups.push([build]);
  }
  return groups;
}

export async function buildImage(
  session: BuildPowers,
  builds: readonly PlannedBuild[],
  { options, run, tree, reference }: Omit<MakeInput, 'builds'> & { reference: (build: PlannedBuild) => string },
): Promise<void> {
  const engine = await requireEngine(session);
  const [first] = builds;
  if (!first) return;
  const { cacheFrom, cacheTo, noCache } = options;
  if (cacheFrom.length + cacheTo.length > 0 && engine.name === 'docker' && engine.traits.builder === 'plain')
    throw cacheNeedsBuildx();
  const names = builds.map(({ component }) => component).join(', ');
  const rowId = `image-${first.component}`;
  const title = `image ${names}`;
  const logFile = join(session.workDirectory, 'runs', run, `build-${first.component}.log`);
  tree.row(rowId, { title, state: 'running', detail: `building for linux/${first.architecture} with ${engine.name}` });
  const answer = await engine.build(
    {
      platform: `linux/${first.architecture}`,
      ...first.source,
      tags: builds.map(reference),
      cacheFrom,
      cacheTo,
      noCache,
    },
    { logFile, onLine: (detail) => tree.row(rowId, { title, state: 'running', detail }) },
  );
  tree.row(rowId, { title, state: answer.ok ? 'done' : 'failed' });
  if (answer.ok) return;
  throw buildFailed(session, { names, lines: answer.lines, logFile });
}

const cacheNeedsBuildx = () =>
  new PlatformError({
    id: 'image-cache-needs-buildx',
    kind: 'usage',
    message: '--cache-from and --cache-to are options of buildx, which this docker does not have',
    remedy: 'install the docker buildx plug-in and do not set DOCKER_BUILDKIT=0, or leave the options out',
  });

const SHOWN_LINES = 20;

function buildFailed(
  { environment, reporter }: BuildPowers,
  { names, lines, logFile }: { names: string; lines: readonly string[]; logFile: string },
): PlatformError {
  reporter.note(
    lines
      .slice(-SHOWN_LINES)
      .map((line) => `    ${line}`)
      .join('\n'),
  );
  const trouble = troubleIn(lines);
  const pretend =
    environment.sandboxed && trouble?.kind === 'unreachable'
      ? '; on the sandbox PLATFORM_CONTAINER_ENGINE=none goes on without building'
      : '';
  return new PlatformError({
    id: 'image-build-failed',
    kind: 'failed',
    message: `The image of ${names} was not built: ${tellingLine(lines)}${trouble?.failure ? ` (${trouble.failure})` : ''}`,
    remedy: `${trouble?.remedy ?? 'mend what the build says'}${pretend}; all of it is in ${logFile}`,
  });
}
