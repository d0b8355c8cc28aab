import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import type { Tree } from '../../io/reporter.ts';
import type { Template } from '../../release/resolve-template.ts';
import { FollowedRollouts } from '../flight-recorder/followed-rollouts.ts';
import type { Flight } from '../flight-recorder/stack-flight.ts';
import type { NamedStack } from './live-stacks.ts';
import { resourceRow } from './resource-row.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target' | 'signal'>;

export interface Following {
  title: string;
  stacks: readonly NamedStack[];
  /** Asked at every look: whether somebody may begin more, and who; undefined when nobody will. */
  whoActs?: () => Promise<string | undefined>;
  /** Absent: the tasks of rollouts are not watched. */
  flight?: Flight;
  /** Said once of a service whose rollout cannot come up, with why. */
  hopeless?: (service: string, why: string) => void;
}

/**
 * Shows what goes on in these stacks, begun by whomever, until nothing does. Changes nothing; answers with what was found
 * out of tasks that did not come up.
 */
export async function followStacks(
  session: Powers,
  { title, stacks, whoActs = async () => undefined, flight, hopeless = () => {} }: Following,
): Promise<Diagnosis> {
  const { clock, reporter, target, signal } = session;
  return reporter.tree(title, async (tree) => {
    const rolloutsOf = ({ id: stack, region }: NamedStack) =>
      flight && new FollowedRollouts({ ...session, aws: session.aws.in(region) }, { stack, tree, hopeless, ...flight });
    const followed = stacks.map(
      (stack) => new FollowedStack(session.aws.in(stack.region), stack, { tree, rollouts: rolloutsOf(stack) }),
    );
    for (;;) {
      // Asked first: who has begun something since the look at the stacks would be missed the other way round.
      const actor = await whoActs();
      if (actor) tree.row('holder', { title: actor, state: 'running' });
      const moving = await Promise.all(followed.map((one) => one.look()));
      if (!actor && !moving.includes(true)) {
        tree.row('holder', { title: 'nobody changes it', state: 'done' });
        const found = followed.flatMap((one) => one.found);
        return { causes: found.flatMap(({ causes }) => causes), unseen: found.flatMap(({ unseen }) => unseen) };
      }
      await clock.sleep(target.pollMs, signal);
    }
  });
}

class FollowedStack {
  readonly #aws: Session['aws'];
  readonly #stack: NamedStack;
  readonly #tree: Tree;
  readonly #seen = new Set<string>();
  /** Found by its ARN to its very end, also when it is being deleted. */
  #arn: string | undefined;
  #template: Template | undefined;
  #moved = false;
  readonly #rollouts: FollowedRollouts | undefined;
  /** By ARN, those that CloudFormation is at work on. */
  readonly #services = new Set<string>();
  /** What was found out of its rollouts. */
  readonly found: Diagnosis[] = [];

  constructor(
    aws: Session['aws'],
    stack: NamedStack,
    { tree, rollouts }: { tree: Tree; rollouts: FollowedRollouts | undefined },
  ) {
    this.#aws = aws;
    this.#stack = stack;
    this.#tree = tree;
    this.#rollouts = rollouts;
  }

  /** Whether something is under way in it. */
  async look(): Promise<boolean> {
    const { id, stackName } = this.#stack;
    const found = await this.#aws.cloudFormation.stack(this.#moved ? this.#arn! : stackName);
    const status = found?.StackStatus ?? 'DELETE_COMPLETE';
    const moving = status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
    if (moving || this.#moved) {
      this.#arn ??= found?.StackId;
      const since = found?.LastUpdatedTime ?? found?.CreationTime;
      if (found) await this.#showEvents(since);
      // While it goes back, CloudFormation begins rollouts of the tasks before: none of what is asked after.
      if (moving && since && !status.includes('ROLLBACK'))
        for (const arn of this.#services) await this.#rollouts?.see(arn, since);
      const state = moving ? 'running' : /FAILED|ROLLBACK/.test(status) ? 'failed' : 'done';
      this.#tree.row(id, { title: id, state, detail: status });
      if (!moving && this.#rollouts) this.found.push(...(await this.#rollouts.end({ failed: state === 'failed' })));
    }
    this.#moved = moving;
    return moving;
  }

  async #showEvents(since: Date | undefined): Promise<void> {
    const { id } = this.#stack;
    this.#template ??= await this.#readTemplate();
    const events = await this.#aws.cloudFormation.events(this.#arn!, { ...(since ? { since } : {}), limit: 500 });
    for (const event of events.toReversed()) {
      if (this.#seen.has(event.EventId!) || event.PhysicalResourceId === this.#arn) continue;
      this.#seen.add(event.EventId!);
      if (event.ResourceType === 'AWS::ECS::Service' && event.PhysicalResourceId)
        this.#services.add(event.PhysicalResourceId);
      resourceRow(
        this.#tree,
        { id, template: this.#template },
        {
          logicalId: event.LogicalResourceId!,
          type: event.ResourceType!,
          status: event.ResourceStatus!,
          ...(event.ResourceStatusReason ? { reason: event.ResourceStatusReason } : {}),
        },
      );
    }
  }

  async #readTemplate(): Promise<Template> {
    try {
      return JSON.parse((await this.#aws.cloudFormation.template(this.#arn!)) ?? '{}');
    } catch {
      // Somebody else's, in YAML: its resources are named by their types.
      return {};
    }
  }
}
