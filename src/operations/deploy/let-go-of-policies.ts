import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { PlannedStack } from '../../release/plan.ts';
import type { Template } from '../../release/resolve-template.ts';
import { runChangeSet } from '../change-sets/run-change-set.ts';
import { templateInput } from '../stacks/template-input.ts';
import { isKept, type Leftover } from './find-leftovers.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>;

/**
 * Takes policies that pass to another stack out of those that have them, while they stay on their buckets as they are:
 * first they are told to stay, where nothing says so yet, then they leave. Nothing else of the stacks changes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/refactor-stacks.html
 */
export async function letGoOfPolicies(
  session: Powers,
  stacks: readonly PlannedStack[],
  leftovers: readonly Leftover[],
): Promise<void> {
  for (const stack of stacks) {
    const given = leftovers.filter(({ from }) => from?.stack === stack.id);
    if (given.length === 0 || !stack.live?.template) continue;
    await session.reporter.step(
      `Leaving ${given.map(({ name }) => name).join(', ')} where it is, out of ${stack.stackName}`,
      (say) => letGo(session, stack, new Set(given.map(({ from }) => from!.logicalId)), say),
    );
  }
}

async function letGo(session: Powers, stack: PlannedStack, ids: ReadonlySet<string>, say: (detail: string) => void) {
  const { template, parameters } = stack.live!;
  const resources: Record<string, Template> = template!.Resources;
  const staying = Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, ids.has(id) ? told(resource) : resource]),
  );
  const others = Object.fromEntries(Object.entries(resources).filter(([id]) => !ids.has(id)));
  const steps = [...ids].every((id) => isKept(resources[id])) ? [others] : [staying, others];
  for (const Resources of steps) {
    const answer = await runChangeSet(
      session,
      stack,
      {
        ChangeSetType: 'UPDATE',
        ...(await templateInput(session, stack.stackName, { ...template, Resources })),
        Parameters: Object.keys(parameters).map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
      },
      { say, object: (changes) => objection(changes, ids) },
    );
    if (answer.end !== 'done') throw refused(stack.stackName, answer.end === 'refused' ? answer.reason : undefined);
    if (answer.status !== 'UPDATE_COMPLETE') throw refused(stack.stackName, `the stack is ${answer.status}`);
  }
}

/** With a line that changes too: it is said of old that these attributes alone are no update. */
const told = (resource: Template): Template => ({
  ...resource,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Metadata: { ...resource.Metadata, 'platform:leaves': 'its bucket keeps it' },
});

/** Anything that would touch more than the place of these policies, or take one from its bucket. */
function objection(changes: readonly ResourceChange[], ids: ReadonlySet<string>): string | undefined {
  const wrong = changes.find(
    ({ LogicalResourceId, PolicyAction, Replacement }) =>
      !ids.has(LogicalResourceId!) || PolicyAction === 'Delete' || (Replacement ?? 'False') !== 'False',
  );
  return wrong && `it would change ${wrong.LogicalResourceId} (${wrong.ResourceType})`;
}

const refused = (stack: string, reason = 'it sees no change') =>
  new PlatformError({
    id: 'policy-not-given-away',
    kind: 'failed',
    message: `CloudFormation does not let ${stack} give the policy of its bucket to another stack; it is on the bucket as before. AWS says: ${reason}`,
    remedy: 'platform events shows what happened in the stack; platform deploy tries again',
  });
