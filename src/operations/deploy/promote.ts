import type { Project } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { counted } from '../../domain/counted.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type ReleaseSummary, readSummary, releaseIds } from '../../release/release-record.ts';
import { repositoryName } from '../../release/service-settings.ts';
import type { RecordedSession } from '../flight-recorder/record-run.ts';
import { copyImage } from '../images/copy-image.ts';
import { initImages } from '../images/init-images.ts';
import { lookAtAlarms } from '../look-at-alarms.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { smoke } from '../smoke/smoke.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stateOf } from '../state-of.ts';
import { type DeployInput, type DeployOutcome, deploy } from './deploy.ts';

/** The contract of `promote --json`. */
export interface PromoteOutcome {
  from: string;
  to: string;
  /** Whose images these are. */
  release: string;
  /** By service: the digest that both environments run. */
  images: Record<string, string>;
  /** What was looked at where they come from, and holds. */
  checks: { id: 'runs' | 'smoke' | 'alarms'; detail: string }[];
  /** As `deploy --json` has it; null where a dry run cannot plan with images that are yet to be copied. */
  deployment: DeployOutcome | null;
}

export type PromoteInput = Omit<DeployInput, 'images' | 'build' | 'commit' | 'dirty'> & {
  /** The commit that is checked out here. */
  commit?: string;
};

/** Where changes come from on their way to an environment. Throws `promote-from-unknown` (exit 2). */
export function promotedFrom(project: Pick<Project, 'delivery' | 'environments'>, to: string, asked?: string): string {
  const { promotion } = project.delivery;
  const at = promotion.findIndex((step) => step.to === to);
  const on = promotion[at]?.on ?? '';
  const before = on.startsWith('after:') ? on.slice('after:'.length) : promotion[at - 1]?.to;
  const from = asked ?? before;
  if (from === undefined) throw fromUnknown(to);
  if (from === to || !project.environments().includes(from)) throw fromWrong(from, to);
  return from;
}

/**
 * Brings the images that run in one environment to another, by digest, and deploys it with them. The environment they
 * come from is asked first whether it is well; nothing of it is changed.
 */
export async function promote(
  target: RecordedSession,
  source: Session,
  { commit, ...input }: PromoteInput,
): Promise<PromoteOutcome> {
  const { reporter, flags, environment } = target;
  const { release, checks } = await reporter.step(`Looking at ${source.environment.name}`, () => lookAtSource(source));
  if (commit !== undefined && release.commit !== undefined && commit !== release.commit)
    reporter.warn(
      `${source.environment.name} runs commit ${release.commit.slice(0, 12)}, and ${commit.slice(0, 12)} is checked out: configuration, functions and sites are taken from here`,
    );
  const images = wantedImages(environment, release, source.environment.name);
  const digests = Object.fromEntries(images.map(({ service, digest }) => [service, digest]));
  const outcome = { from: source.environment.name, to: environment.name, release: release.id, images: digests, checks };
  const absent = await absentIn(target, images);
  reporter.note(
    absent.length === 0
      ? `${environment.name} has every image of it`
      : absent.map(({ service, digest }) => `${service} ${digest} is to be copied`).join('\n'),
  );
  // What is not there yet cannot be planned with.
  if (flags.dryRun && absent.length > 0) return { ...outcome, deployment: null };
  if (absent.length > 0) await bring(target, source, absent);
  const deployment = await deploy(target, {
    ...input,
    images: digests,
    build: false,
    ...(release.commit === undefined ? {} : { commit: release.commit }),
  });
  return { ...outcome, deployment };
}

interface WantedImage {
  service: string;
  /** Where it lies, and where it is to lie. */
  from: string;
  to: string;
  digest: string;
}

async function lookAtSource(source: Session): Promise<{ release: ReleaseSummary; checks: PromoteOutcome['checks'] }> {
  const { environment } = source;
  const { state, objects } = await stateOf(source);
  const newest = (await releaseIds(objects, environment.name)).at(-1);
  const release = newest === undefined ? undefined : await readSummary(objects, environment.name, newest);
  if (!release) throw nothingThere(source);
  const stacks = await findStacks(source, state);
  const services = await deployedServices(source, state, stacks);
  const troubles: string[] = [];
  const busy = services.filter(({ service }) =>
    service.deployments?.some(({ rolloutState }) => rolloutState !== 'COMPLETED'),
  );
  for (const { name } of busy) troubles.push(`the rollout of ${name} is not complete`);
  const alarms = (await lookAtAlarms(source, stacks)) ?? [];
  for (const { name, state: now } of alarms) if (now === 'ALARM') troubles.push(`the alarm ${name} rings`);
  const { checks, summary } = await smoke(source, {});
  for (const { component, path, status, why } of checks)
    if (status === 'failed') troubles.push(`${component} ${path}: ${why.join('; ')}`);
  if (troubles.length > 0) throw notWell(source, troubles);
  return {
    release,
    checks: [
      { id: 'runs', detail: `${services.length} services at rest, release ${release.id}` },
      { id: 'smoke', detail: `${summary.passed} answered as expected, ${summary.skipped} could not be asked` },
      { id: 'alarms', detail: `${alarms.length} alarms, none rings` },
    ],
  };
}

function wantedImages(environment: Session['environment'], release: ReleaseSummary, from: string): WantedImage[] {
  const services = Object.keys(environment.blocks.services);
  const missing = services.filter((service) => release.images[service] === undefined);
  if (missing.length > 0) throw serviceMissing(missing, from, environment.name);
  return services.map((service) => {
    const [, repository = '', digest = ''] = /^[^/]+\/(.+)@(sha256:[0-9a-f]{64})$/.exec(release.images[service]!) ?? [];
    return { service, from: repository, to: repositoryName(environment, service), digest };
  });
}

async function absentIn({ aws }: Session, images: readonly WantedImage[]): Promise<WantedImage[]> {
  const there = await Promise.all(images.map(({ to, digest }) => aws.ecr.image(to, { digest })));
  return images.filter((_, index) => there[index] === undefined);
}

/** Repositories first: in a new environment there are none. */
async function bring(target: Session, source: Session, images: readonly WantedImage[]): Promise<void> {
  const { environment, prompter, reporter } = target;
  await prompter.ask({ text: `Copy ${counted(images.length, 'image')} to ${environment.name} and deploy?` });
  await initImages(target);
  await reporter.step(`Copying images to ${environment.name}`, async (say) => {
    for (const { from, to, digest } of images)
      await copyImage(
        { from: { ecr: source.aws.ecr, repository: from }, to: { ecr: target.aws.ecr, repository: to }, digest },
        say,
      );
  });
}

const fromUnknown = (to: string) =>
  new PlatformError({
    id: 'promote-from-unknown',
    kind: 'usage',
    message: `delivery.promotion names nothing that comes before ${to}`,
    remedy: `platform promote --env ${to} --from <environment>`,
  });

const fromWrong = (from: string, to: string) =>
  new PlatformError({
    id: 'promote-from-wrong',
    kind: 'usage',
    message: from === to ? `${to} cannot be promoted from itself` : `There is no environment ${from} to promote from`,
    remedy: 'name another environment with --from',
  });

const nothingThere = ({ environment }: Session) =>
  new PlatformError({
    id: 'promote-nothing',
    kind: 'failed',
    message: `${environment.name} has no release that could be promoted`,
    remedy: `platform deploy ${environmentFlags(environment)} makes one`,
  });

const notWell = ({ environment }: Session, troubles: readonly string[]) =>
  new PlatformError({
    id: 'promote-not-well',
    kind: 'failed',
    message: `${environment.name} is not well, so nothing of it is promoted: ${troubles.join('; ')}`,
    remedy: `platform doctor ${environmentFlags(environment)} says why`,
  });

const serviceMissing = (missing: readonly string[], from: string, to: string) =>
  new PlatformError({
    id: 'promote-service-missing',
    kind: 'failed',
    message: `${from} runs no ${missing.join(', ')}, which ${to} is to have`,
    remedy: `deploy ${from} as it is configured now, then promote`,
  });
