import type { Session } from '../../context.ts';
import { bootstrapStackName } from '../../domain/bootstrap-names.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { type MadeChangeSets, writeMade } from '../../release/made-change-sets.ts';
import type { PlannedStack } from '../../release/plan.ts';
import type { PlanFile } from '../../release/plan-file.ts';
import { bootstrapNeeded } from '../bootstrap/ensure-bootstrap.ts';
import type { Leftover } from '../deploy/find-leftovers.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { type WideStacks, widenStacks } from '../deploy/widen-stacks.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stackFailure } from '../stacks/stack-failure.ts';
import { discardChangeSet } from './discard-change-set.ts';
import { earlyFindings } from './early-findings.ts';

/** What became of one stack: a part of `diff --change-set --json`. */
export interface ChangeSetDocument {
  stack: string;
  /** `waits`: none can be made yet; `unchanged`: CloudFormation sees nothing to do. */
  status: 'made' | 'refused' | 'waits' | 'unchanged';
  /** Why it waits; null otherwise. */
  reason: string | null;
  /** What CloudFormation found before anything was executed. */
  findings: Problem[];
}

export interface MakeInput {
  name: string;
  prepared: PreparedRelease;
  plan: PlanFile;
}

/**
 * Makes the change set of every stack whose values are all known, executes none, and keeps what they are of. What an
 * earlier stack will tell can stand in no change set: those stacks wait, and are deployed after the others as ever.
 */
export async function makeChangeSets(
  session: Session,
  { name, prepared, plan }: MakeInput,
): Promise<ChangeSetDocument[]> {
  const { clock, environment, flags, reporter, target } = session;
  const missing = await bootstrapNeeded(session, prepared.synthesis);
  if (missing.length > 0) throw notBootstrapped(missing, environmentFlags(environment));
  const wide = await widenStacks(session, prepared);
  const stacks = prepared.plan.stacks.filter(({ action }) => action !== 'none' && action !== 'delete');
  const waiting = new Map(stacks.map((stack) => [stack.id, whyNot(stack, wide, prepared.leftovers)]));
  if (flags.dryRun) return stacks.map(({ id }) => documentOf(id, waiting.get(id) ? 'waits' : 'made', waiting.get(id)));

  const lock = await lazyLock(session, { command: `diff --change-set ${name}` });
  try {
    await lock.take();
    const record = (made: MadeChangeSets['stacks']) =>
      writeMade(prepared.access.objects, environment.name, {
        name,
        madeAt: clock.now(),
        principal: target.principal,
        plan,
        stacks: made,
      });
    const able = stacks.filter(({ id }) => waiting.get(id) === undefined);
    // What an earlier time has made under the name is no longer to be executed, however this one ends.
    await record(Object.fromEntries(able.map((stack) => [stack.id, { parameters: knownOf(stack) }])));
    const made: MadeChangeSets['stacks'] = {};
    const documents = await reporter.step(`Making the change sets ${name}`, () =>
      Promise.all(
        stacks.map(async (stack) => {
          const why = waiting.get(stack.id);
          return why === undefined
            ? makeOne(session, { name, prepared, stack, made })
            : documentOf(stack.id, 'waits', why);
        }),
      ),
    );
    await record(made);
    return documents;
  } finally {
    await lock.release();
  }
}

/** Why there can be no change set of a stack yet. */
function whyNot(stack: PlannedStack, wide: WideStacks, leftovers: readonly Leftover[]): string | undefined {
  const { handling, parameters, differs } = stack;
  if (handling.action !== 'create' && handling.action !== 'update' && handling.action !== 'discard')
    return `it is ${stack.live?.status}, which comes first`;
  const unknown = Object.values(parameters).flatMap((value) =>
    typeof value === 'string' ? [] : [value.knownAfterApply],
  );
  if (unknown.length > 0)
    return `${unknown[0]} is known after apply${unknown.length > 1 ? `, and ${unknown.length - 1} more` : ''}`;
  if (wide.has(stack.id)) return 'what runs still needs what it takes away: it is changed in two steps';
  // An import is a change set of its own, and makes those that were there before worthless.
  const passing = leftovers.find((one) => one.importAs && (one.stack === stack.id || one.from?.stack === stack.id));
  if (passing) return `${passing.name} passes from stack to stack first`;
  // toolkit-lib sets the protection of a stack as soon as it makes a change set of it.
  return stack.live && differs.includes('termination protection') ? 'its termination protection changes' : undefined;
}

const knownOf = ({ parameters }: PlannedStack): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

async function makeOne(
  session: Session,
  {
    name,
    prepared,
    stack,
    made,
  }: { name: string; prepared: PreparedRelease; stack: PlannedStack; made: MadeChangeSets['stacks'] },
): Promise<ChangeSetDocument> {
  const { aws, cdk, environment, target } = session;
  const { id, stackName, region } = stack;
  const regional = aws.in(region);
  const answer = await cdk.deployStack({
    step: 'make',
    directory: prepared.synthesis.directory,
    stackId: id,
    stackName,
    parameters: knownOf(stack),
    changeSetName: name,
    ...(stack.takesOver ? { importExisting: true } : {}),
    toolkitStackName: bootstrapStackName(environment.blocks.bootstrap.qualifier),
    pollMs: target.pollMs,
    approve: async () => true,
    onProgress: () => undefined,
  });
  const changeSet = await regional.cloudFormation.changeSet(stackName, name);
  if (answer.ok && changeSet?.Status === 'CREATE_COMPLETE') {
    made[id] = { changeSetId: changeSet.ChangeSetId!, parameters: knownOf(stack) };
    return documentOf(id, 'made');
  }
  if (answer.ok) {
    await discardChangeSet(regional.uninterrupted(), stackName, name);
    return documentOf(id, 'unchanged');
  }
  const findings =
    changeSet?.Status === 'FAILED'
      ? await earlyFindings(regional.cloudFormation, changeSet, prepared.synthesis.stacks.find((one) => one.id === id)!)
      : [];
  await discardChangeSet(regional.uninterrupted(), stackName, name);
  if (findings.length > 0) return { ...documentOf(id, 'refused'), findings };
  throw await stackFailure({ ...session, aws: regional }, { id, stackName, cause: answer.error });
}

const documentOf = (stack: string, status: ChangeSetDocument['status'], reason?: string): ChangeSetDocument => ({
  stack,
  status,
  reason: reason ?? null,
  findings: [],
});

const notBootstrapped = (regions: readonly string[], flags: string) =>
  new PlatformError({
    id: 'change-set-bootstrap',
    kind: 'failed',
    message: `A change set takes its template from the bucket of the CDK bootstrap, which is not healthy in ${regions.join(', ')}`,
    remedy: `platform bootstrap ${flags}`,
  });
