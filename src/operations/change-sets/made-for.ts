import type { DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type MadeChangeSets, readMade } from '../../release/made-change-sets.ts';
import { planFileOf } from '../../release/plan-file.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import type { StateAccess } from '../state-of.ts';

/** The change sets of a name; throws `change-set-unknown` (exit 2) when nobody has made any. */
export async function findMade(
  { environment }: Pick<Session, 'environment'>,
  { objects }: Pick<StateAccess, 'objects'>,
  name: string,
): Promise<MadeChangeSets> {
  const made = await readMade(objects, environment.name, name);
  if (made) return made;
  const flags = environmentFlags(environment);
  throw new PlatformError({
    id: 'change-set-unknown',
    kind: 'usage',
    message: `platform diff has made no change sets ${name} of ${environment.name}`,
    remedy: `platform diff ${flags} --change-set ${name}`,
  });
}

/**
 * Throws unless executing them is what a deployment would do today: the same plan, and each change set as it was made.
 * Another deployment, another configuration or a change by hand makes them worthless.
 */
export async function checkMade(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  made: MadeChangeSets,
  { plan, images, synthesis }: PreparedRelease,
): Promise<void> {
  const place = { environment, account: target.account, region: target.region };
  const builds = Object.fromEntries(images.builds.map(({ component, tag }) => [component, tag]));
  if (planFileOf(plan, place, builds).digest !== made.plan.digest)
    throw outdated(made.name, environmentFlags(environment), 'what would happen now is something else');
  for (const [id, { changeSetId }] of Object.entries(made.stacks)) {
    const { stackName, region } = synthesis.stacks.find((stack) => stack.id === id)!;
    const found = await aws.in(region).cloudFormation.changeSet(stackName, made.name);
    const why = whyNot(found, changeSetId);
    if (why) throw outdated(made.name, environmentFlags(environment), `that of ${stackName} ${why}`);
  }
}

function whyNot(
  found: DescribeChangeSetCommandOutput | undefined,
  changeSetId: string | undefined,
): string | undefined {
  if (!found) return 'is gone';
  if (changeSetId === undefined) return 'was cut off while it was made';
  if (found.ChangeSetId !== changeSetId) return 'is another one than was made';
  if (found.Status === 'CREATE_COMPLETE' && found.ExecutionStatus === 'AVAILABLE') return undefined;
  return `is ${found.ExecutionStatus ?? found.Status}`;
}

export const outdated = (name: string, flags: string, why: string) =>
  new PlatformError({
    id: 'change-set-outdated',
    kind: 'failed',
    message: `The change sets ${name} are not executed: ${why}. Nothing was changed`,
    remedy: `platform diff ${flags} --change-set ${name} makes them anew; have those looked at`,
  });
