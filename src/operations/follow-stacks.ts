import type { Session } from '../context.ts';
import type { Tree } from '../io/reporter.ts';
import type { Template } from '../release/resolve-template.ts';
import type { NamedStack } from './live-stacks.ts';
import { resourceRow } from './resource-row.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'reporter' | 'target' | 'signal'>;

export interface Following {
  title: string;
  stacks: readonly NamedStack[];
  /** Asked at every look: whether somebody may begin more, and who; undefined when nobody will. */
  whoActs?: () => Promise<string | undefined>;
}

/** Shows what goes on in these stacks, begun by whomever, until nothing does. Changes nothing. */
export async function followStacks(
  { aws, clock, reporter, target, signal }: Powers,
  { title, stacks, whoActs = async () => undefined }: Following,
): Promise<void> {
  await reporter.tree(title, async (tree) => {
    const followed = stacks.map((stack) => new FollowedStack(aws.in(stack.region), stack, tree));
    for (;;) {
      // Asked first: who has begun something since the look at the stacks would be missed the other way round.
      const actor = await whoActs();
      if (actor) tree.row('holder', { title: actor, state: 'running' });
      const moving = await Promise.all(followed.map((one) => one.look()));
      if (!actor && !moving.includes(true)) {
        tree.row('holder', { title: 'nobody changes it', state: 'done' });
        return;
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

  constructor(aws: Session['aws'], stack: NamedStack, tree: Tree) {
    this.#aws = aws;
    this.#stack = stack;
    this.#tree = tree;
  }

  /** Whether something is under way in it. */
  async look(): Promise<boolean> {
    const { id, stackName } = this.#stack;
    const found = await this.#aws.cloudFormation.stack(this.#moved ? this.#arn! : stackName);
    const status = found?.StackStatus ?? 'DELETE_COMPLETE';
    const moving = status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
    if (moving || this.#moved) {
      this.#arn ??= found?.StackId;
      if (found) await this.#showEvents(found.LastUpdatedTime ?? found.CreationTime);
      const state = moving ? 'running' : /FAILED|ROLLBACK/.test(status) ? 'failed' : 'done';
      this.#tree.row(id, { title: id, state, detail: status });
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
