import type { Session } from '../context.ts';
import { bootstrapStackName } from '../domain/bootstrap-names.ts';
import type { Approvals } from '../release/approvals.ts';
import type { PlannedStack } from '../release/plan.ts';
import { runInOrder } from '../release/run-in-order.ts';
import { applyStack } from './apply-stack.ts';
import type { HeldLock } from './hold-lock.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { pushPlaceholders } from './push-placeholders.ts';
import { removeStack } from './remove-stack.ts';

export interface ActedStack {
  id: string;
  name: string;
  region: string;
  action: PlannedStack['action'];
  seconds: number;
  parameters: Record<string, string>;
  outputs: Record<string, string>;
  /** While CloudFormation worked: real milliseconds since 1970. */
  waited?: { from: number; to: number };
}

export interface ActInput {
  prepared: PreparedRelease;
  approvals: Approvals;
  lock: HeldLock;
  changeSetName: string;
}

type Powers = Pick<Session, 'aws' | 'cdk' | 'clock' | 'environment' | 'target' | 'signal' | 'reporter'>;

/** Carries the plan out: every stack as soon as those it waits for are done, then the removal of what is no longer wanted. */
export async function actOnPlan(session: Powers, input: ActInput): Promise<ActedStack[]> {
  const { plan } = input.prepared;
  const acted = new Map<string, ActedStack>();
  await session.reporter.tree(`Deploying ${session.environment.name}`, async (tree) => {
    const wanted = plan.stacks.filter(({ action }) => action !== 'delete');
    for (const { id, action } of wanted) tree.row(id, { title: id, state: action === 'none' ? 'skipped' : 'waiting' });
    await runInOrder(wanted, async (stack) => {
      input.lock.check();
      acted.set(stack.id, await actOnStack(session, input, { stack, acted, tree }));
      if (stack.id === 'images') await pushPlaceholders(session, input.prepared);
    });

    for (const stack of plan.stacks.filter(({ action }) => action === 'delete')) {
      input.lock.check();
      const from = session.clock.now();
      const row = (state: 'running' | 'done', detail?: string) =>
        tree.row(stack.id, { title: `removing ${stack.id}`, state, ...(detail ? { detail } : {}) });
      row('running');
      await removeStack(session, { ...stack.live!, stackName: stack.stackName, region: stack.region }, (status) =>
        row('running', status),
      );
      row('done');
      acted.set(stack.id, {
        ...described(stack),
        action: 'delete',
        seconds: seconds(from, session.clock.now()),
        parameters: {},
        outputs: {},
        waited: { from, to: session.clock.now() },
      });
    }
  });
  return plan.stacks.map(({ id }) => acted.get(id)!);
}

interface Turn {
  stack: PlannedStack;
  acted: ReadonlyMap<string, ActedStack>;
  tree: Parameters<typeof applyStack>[1]['tree'];
}

async function actOnStack(
  session: Powers,
  { prepared, approvals, changeSetName }: ActInput,
  { stack, acted, tree }: Turn,
): Promise<ActedStack> {
  const parameters = filled(stack, acted);
  const from = session.clock.now();
  // A value that only a producer could tell may have come out the same as before.
  if (stack.action === 'none' || isSame(stack, parameters)) {
    tree.row(stack.id, { title: stack.id, state: 'skipped', detail: 'no change' });
    return { ...described(stack), action: 'none', seconds: 0, parameters, outputs: stack.live!.outputs };
  }
  const { action, outputs, waited } = await applyStack(session, {
    stack,
    directory: prepared.synthesis.directory,
    toolkitStackName: bootstrapStackName(session.environment.blocks.bootstrap.qualifier),
    parameters,
    approved: new Set(
      approvals.typed.filter(({ concern }) => concern.stack === stack.id).map(({ concern }) => concern.change.id),
    ),
    changeSetName,
    tree,
  });
  return {
    ...described(stack),
    action,
    seconds: seconds(from, session.clock.now()),
    parameters,
    outputs,
    ...(waited ? { waited } : {}),
  };
}

const described = ({ id, stackName, region }: PlannedStack) => ({ id, name: stackName, region });

const seconds = (from: number, to: number): number => Math.round((to - from) / 100) / 10;

/** Every parameter with its value, now that the stacks it waits for are done. */
function filled(stack: PlannedStack, acted: ReadonlyMap<string, ActedStack>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stack.sources).map(([name, source]) => {
      const value =
        'value' in source
          ? source.value
          : 'stack' in source
            ? acted.get(source.stack)?.outputs[source.output]
            : undefined;
      if (value === undefined) throw new Error(`${stack.id} was started although nothing gives its parameter ${name}`);
      return [name, value];
    }),
  );
}

function isSame({ action, differs, live }: PlannedStack, parameters: Record<string, string>): boolean {
  if (action !== 'update' || !live || !differs.every((one) => one.startsWith('parameter '))) return false;
  return Object.entries(parameters).every(([name, value]) => live.parameters[name] === value);
}
