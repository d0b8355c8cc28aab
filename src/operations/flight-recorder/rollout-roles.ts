import type { Deployment } from '@aws-sdk/client-ecs';
import type { Role } from './run-record.ts';

/**
 * Which rollouts of a service are of the operation that is watched: those that were not there before it. The first of
 * them is what was asked for; whatever follows takes it back, as CloudFormation does by another rollout of the old
 * tasks, and ECS by making the rollout before the primary one again.
 */
export class RolloutRoles {
  readonly #before: ReadonlySet<string>;
  readonly #roles = new Map<string, Role>();
  /** Since when ECS has gone back to a rollout that was there before; milliseconds since 1970. */
  #backSince: number | undefined;

  /** `own`: the rollout itself, where its id is known. */
  constructor(before: ReadonlySet<string>, own?: string) {
    this.#before = before;
    if (own !== undefined) this.#roles.set(own, 'new');
  }

  /** The one that was asked for; undefined while it is not seen. */
  get own(): string | undefined {
    return [...this.#roles].find(([, role]) => role === 'new')?.[0];
  }

  see(deployments: readonly Deployment[]): void {
    const fresh = deployments
      .filter(({ id = '' }) => !this.#before.has(id) && !this.#roles.has(id))
      .toSorted((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
    for (const { id = '' } of fresh) this.#roles.set(id, this.own === undefined ? 'new' : 'back');
    const primary = deployments.find(({ status }) => status === 'PRIMARY');
    if (primary && this.own !== undefined && this.#before.has(primary.id ?? ''))
      this.#backSince ??= primary.updatedAt?.getTime() ?? Date.now();
  }

  /** Undefined: none of this operation's. */
  ofDeployment(id: string): Role | undefined {
    if (this.#roles.has(id)) return this.#roles.get(id);
    return this.#backSince !== undefined && this.#before.has(id) ? 'back' : undefined;
  }

  /** Also of a task whose rollout was over before anybody could look at it. */
  ofTask({
    startedBy = '',
    createdAt,
  }: {
    startedBy?: string | undefined;
    createdAt?: Date | undefined;
  }): Role | undefined {
    const known = this.#roles.get(startedBy);
    if (known) return known;
    if (!startedBy.startsWith('ecs-svc/')) return undefined;
    if (this.#before.has(startedBy))
      return this.#backSince !== undefined && (createdAt?.getTime() ?? 0) >= this.#backSince ? 'back' : undefined;
    this.#roles.set(startedBy, this.own === undefined ? 'new' : 'back');
    return this.#roles.get(startedBy);
  }
}
