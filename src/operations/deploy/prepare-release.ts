import { join } from 'node:path';
import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { readLedger } from '../../release/ledger.ts';
import { wantedStacks } from '../../release/parameter-values.ts';
import { type Plan, planRelease } from '../../release/plan.ts';
import { type ReleaseRecord, readRelease } from '../../release/release-record.ts';
import { type FoundImages, findImages, type ImagePowers } from '../images/find-images.ts';
import { type FoundSecrets, findSecrets } from '../secrets/find-secrets.ts';
import { readLiveStacks } from '../stacks/live-stacks.ts';
import type { StateAccess } from '../state-of.ts';
import type { ChosenSettings } from './choose-settings.ts';
import { decideForServices } from './decide-for-services.ts';
import { findLeftovers, type Leftover, withTakeovers } from './find-leftovers.ts';
import { findMovingPolicies } from './find-moving-policies.ts';
import { findOwnLeftovers } from './find-own-leftovers.ts';
import { settleTakeovers } from './settle-takeovers.ts';

export interface PrepareInput {
  /** `--image <component>=<tag or digest>`. */
  images: Readonly<Record<string, string>>;
  /** False with `--no-build`. */
  build: boolean;
  /** Tags by component that an approved plan builds. */
  awaited?: Readonly<Record<string, string>>;
  /** The templates are going to be validated. */
  validated?: boolean;
}

/** Everything a deployment would do, found out without changing anything. */
export interface PreparedRelease extends ChosenSettings {
  synthesis: Synthesis;
  plan: Plan;
  /** Values of `state` parameters by the wiring's key. */
  chosen: Record<string, string>;
  images: FoundImages;
  secrets: FoundSecrets;
  /** What has a name that a stack is about to give. */
  leftovers: Leftover[];
  /** The newest release that was proven. */
  released?: ReleaseRecord;
}

/** Synthesizes the wanted templates, looks at AWS and compares. Only reads. */
export async function prepareRelease(
  session: ImagePowers & Pick<Session, 'cdk' | 'reporter' | 'workDirectory'>,
  settled: ChosenSettings,
  { images: asked, build, awaited = {}, validated = false }: PrepareInput,
): Promise<PreparedRelease> {
  const { aws, cdk, environment, target } = session;
  const { settings, access } = settled;
  const directory = join(session.workDirectory, 'cdk.out', environment.name);
  const synthesis = await cdk.synthesize(settings, directory, { validated });
  const newest = access.state.release;
  const released = newest ? readRelease(access.objects, environment.name, newest) : Promise.resolve(undefined);
  const finding = released.then((record) =>
    findImages(session, settings, { chosen: asked, build, awaited, released: record?.images ?? {} }),
  );
  // Images are looked at beside all else; what is wrong with all else is said first, and until then nobody waits for them.
  finding.catch(() => undefined);
  const [record, secrets, live, chosen, ledger] = await Promise.all([
    released,
    findSecrets(session, { synthesis, settings, released }),
    readLiveStacks(aws, [...synthesis.stacks, ...retired(access, synthesis, target.account)]),
    decideForServices(session, settings, synthesis, access.state),
    readLedger(access.objects, environment.name),
  ]);
  const images = await finding;
  const builds = Object.fromEntries(images.builds.map(({ component, tag }) => [component, tag]));
  const known = { images: images.images, builds, state: chosen, secretArns: secrets.arns, shared: secrets.shared };
  const plan = await planRelease(wantedStacks(synthesis.stacks, known), live, { first: newest === undefined });
  const [named, own, policies] = await Promise.all([
    findLeftovers(aws, plan),
    findOwnLeftovers(aws, plan, ledger),
    findMovingPolicies(aws, plan),
  ]);
  const leftovers = await settleTakeovers(plan, named, [...own, ...policies]);
  return {
    ...settled,
    synthesis,
    plan: withTakeovers(plan, leftovers),
    chosen,
    images,
    secrets,
    leftovers,
    ...(record ? { released: record } : {}),
  };
}

/** Stacks that earlier deployments made and that nothing asks for any more. */
const retired = ({ state }: StateAccess, { stacks }: Synthesis, account: string) =>
  Object.entries(state.stacks)
    .filter(([id]) => !stacks.some((stack) => stack.id === id))
    .map(([id, { name, region }]) => ({ id, stackName: name, account, region }));
