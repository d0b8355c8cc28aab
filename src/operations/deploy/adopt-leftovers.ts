import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { PlannedStack } from '../../release/plan.ts';
import type { Template } from '../../release/resolve-template.ts';
import { removePlanned } from '../destroy/remove-planned.ts';
import { stackFailure } from '../stacks/stack-failure.ts';
import { templateInput } from '../stacks/template-input.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { waitFor } from '../wait-for.ts';
import type { Leftover } from './find-leftovers.ts';
import { letGoOfPolicies } from './let-go-of-policies.ts';
import type { PreparedRelease } from './prepare-release.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>;

/** One name for all tries, so that one that was cut off is found and replaced. */
const CHANGE_SET = 'platform-take-over';

/** More than that has never been of use: a bucket comes, and its policy after it. */
const ROUNDS = 3;

/**
 * Takes over what can be, and plans anew after it: what has come in may lead to more, a bucket to its policy. The same
 * plan where there was nothing.
 */
export async function takeOver<T extends Pick<PreparedRelease, 'plan' | 'leftovers'>>(
  session: Powers,
  prepared: T,
  again: (prepared: T) => Promise<T>,
): Promise<T> {
  let known = prepared;
  for (let round = 0; round < ROUNDS; round++) {
    if (!(await adoptLeftovers(session, known.plan.stacks, known.leftovers))) break;
    known = await again(known);
  }
  return known;
}

/**
 * Takes into their stacks what an earlier life of the environment left and only its identifier tells: buckets, secrets
 * (F-143, F-91). An import of its own comes before the deployment, because a change set imports or changes, never both:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
 * True when anything was taken over: then the plan is made anew.
 */
async function adoptLeftovers(
  session: Powers,
  stacks: readonly PlannedStack[],
  leftovers: readonly Leftover[],
): Promise<boolean> {
  await letGoOfPolicies(session, stacks, leftovers);
  let adopted = false;
  for (const stack of stacks) {
    const own = leftovers.filter((one) => one.stack === stack.id && one.importAs !== undefined);
    if (own.length === 0) continue;
    await session.reporter.step(
      `Taking over ${own.map(({ name }) => name).join(', ')} into ${stack.stackName}`,
      (say) => adopt(session, stack, own, say),
    );
    adopted = true;
  }
  return adopted;
}

async function adopt(session: Powers, stack: PlannedStack, own: readonly Leftover[], say: (detail: string) => void) {
  const { aws, clock, environment, target } = session;
  const regional = aws.in(stack.region).uninterrupted();
  const { cloudFormation, secrets } = regional;
  for (const { type, deleted, importAs } of own) {
    // Restored before the import, which takes nothing that is on its way out.
    if (type === 'AWS::SecretsManager::Secret' && deleted) await secrets.restore(importAs!.Id!);
  }
  const stands = stack.handling.action === 'update' ? stack.live : undefined;
  if (stack.live && !stands) await removePlanned(session, stack, say);
  await cloudFormation.deleteChangeSet(stack.stackName, CHANGE_SET);
  const { stackArn } = await cloudFormation.createChangeSet({
    StackName: stack.stackName,
    ChangeSetName: CHANGE_SET,
    ChangeSetType: 'IMPORT',
    ...(await templateInput(session, stack.stackName, importTemplate(stands?.template, stack.template, own))),
    ResourcesToImport: own.map(({ logicalId, type, importAs }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceIdentifier: importAs!,
    })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Parameters: Object.keys(stands?.parameters ?? {}).map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
  });
  const ready = await waitFor({ clock, everyMs: target.pollMs }, async () => {
    const found = await cloudFormation.changeSet(stackArn, CHANGE_SET);
    say(found?.Status ?? 'not there yet');
    return found?.Status === 'CREATE_COMPLETE' || found?.Status === 'FAILED' ? found : undefined;
  });
  if (ready?.Status !== 'CREATE_COMPLETE') throw refusedImport(stack.stackName, own, ready?.StatusReason);
  await cloudFormation.executeChangeSet(stackArn, CHANGE_SET);
  const ended = await settledStack(regional, { clock, pollMs: target.pollMs }, stackArn, say);
  if (ended?.StackStatus !== 'IMPORT_COMPLETE')
    throw await stackFailure({ aws: regional, clock, environment }, { id: stack.id, stackName: stack.stackName });
}

/** What stands, as it stands, and what comes in. */
function importTemplate(stands: Template | undefined, wanted: Template, own: readonly Leftover[]): Template {
  // An import asks what becomes of each: where nothing says so it goes with its stack.
  const incoming = Object.fromEntries(
    own.map(({ logicalId, definition }) => [
      logicalId,
      { DeletionPolicy: 'Delete', ...(definition ?? wanted.Resources[logicalId]) },
    ]),
  );
  return { ...stands, Resources: { ...stands?.Resources, ...incoming } };
}

const refusedImport = (stack: string, own: readonly Leftover[], reason = 'it did not say why') =>
  new PlatformError({
    id: 'take-over-refused',
    kind: 'failed',
    message: `CloudFormation does not take ${own.map(({ name }) => name).join(', ')} into ${stack}. AWS says: ${reason}`,
    remedy: 'platform cleanup lists what is left and deletes what you choose; then deploy again',
  });
