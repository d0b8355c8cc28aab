import { causeText } from '../../diagnosis/diagnosis-text.ts';
import { type Look, look, seen } from '../../diagnosis/look.ts';
import type { Tree } from '../../io/reporter.ts';
import { type Findings, RolloutWatch } from './rollout-watch.ts';
import { type Flight, nameOfStack, placeOfService } from './stack-flight.ts';
import type { WatchPowers } from './watched-rollout.ts';

interface Followed extends Flight {
  /** As platform.yaml calls the stack: `service-web`. */
  stack: string;
  tree: Tree;
  /** Said once of a rollout that cannot come up. */
  hopeless: (service: string, why: string) => void;
}

/**
 * Watches the rollouts of a stack's operation that somebody else began. Which of a service's rollouts that is, nobody
 * wrote down: it is the one that was begun after the operation was.
 */
export class FollowedRollouts {
  readonly #powers: WatchPowers;
  readonly #followed: Followed;
  readonly #watches = new Map<string, RolloutWatch>();

  constructor(powers: Omit<WatchPowers, 'recorder'>, followed: Followed) {
    this.#powers = { ...powers, recorder: followed.recorder };
    this.#followed = followed;
  }

  /** CloudFormation is at work on this service, in an operation that began then. */
  async see(arn: string, since: Date): Promise<void> {
    const place = placeOfService(arn);
    if (!place || this.#watches.has(arn)) return;
    const [cluster, serviceName] = place;
    const name = nameOfStack(this.#followed.stack);
    const at = { what: `service ${name}`, call: 'ecs:DescribeServices' };
    const found: Look<Awaited<ReturnType<WatchPowers['aws']['ecs']['service']>>> = await look(this.#powers, at, () =>
      this.#powers.aws.ecs.service(cluster, serviceName),
    );
    const deployments = seen(found)?.deployments ?? [];
    const own = deployments.find(
      ({ status, createdAt }) => status === 'PRIMARY' && createdAt && createdAt >= since,
    )?.id;
    if (own === undefined) return;
    const before = new Set(deployments.map(({ id = '' }) => id).filter((id) => id !== own));
    const { recorder: _, hopeless, tree, stack, ...flight } = this.#followed;
    const title = `rollout of ${name}`;
    const say = (detail: string) => tree.row(`${stack}/#rollout`, { parent: stack, title, state: 'running', detail });
    const watch = new RolloutWatch(this.#powers, { name, cluster, serviceName, before, own, say, ...flight });
    watch.hopeless.addEventListener('abort', () => hopeless(name, watch.convicted ? causeText(watch.convicted) : ''), {
      once: true,
    });
    this.#watches.set(arn, watch);
  }

  async end({ failed }: { failed: boolean }): Promise<Findings[]> {
    const { tree, stack } = this.#followed;
    const found = await Promise.all([...this.#watches.values()].map((watch) => watch.finish({ failed })));
    if (found.length > 0)
      tree.row(`${stack}/#rollout`, {
        parent: stack,
        title: `rollout of ${nameOfStack(stack)}`,
        state: failed ? 'failed' : 'done',
      });
    this.#watches.clear();
    return found;
  }
}
