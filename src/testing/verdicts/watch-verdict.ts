import type { Scope } from '../../sandbox/kernel/scope.ts';
import type { World } from '../../sandbox/kernel/world.ts';
import { stacks } from '../../sandbox/services/cloudformation/state.ts';
import { services, tasks } from '../../sandbox/services/ecs/state.ts';

/** Virtual milliseconds at which something was first so; undefined when it never was. */
export interface Moments {
  /** AWS knows that something is wrong: a task that stopped, a target that is unhealthy, a task that is not placed. */
  evidence: number | undefined;
  /** The change is given up: a stack that was being changed goes back. */
  givenUp: number | undefined;
  /** Nothing is under way any more. */
  end: number | undefined;
}

const TELLING = /is unhealthy in |was unable to place a task|failed to launch a task|tasks failed to start/;
const CHANGING = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS']);
const OVER = new Set(['UPDATE_COMPLETE', 'CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']);

/** Looks into an AWS while work goes on, as often as the machine allows. */
export async function watchVerdict<T>(
  { world, scope }: { world: World; scope: Scope },
  work: () => Promise<T>,
): Promise<{ moments: Moments; answer: T }> {
  const moments: Moments = { evidence: undefined, givenUp: undefined, end: undefined };
  const before = { tasks: stoppedTasks(scope), events: eventsOf(scope) };
  const changing = new Set<string>();
  let over = false;
  const look = () => {
    const now = world.clock.now();
    const isTold =
      [...stoppedTasks(scope)].some((key) => !before.tasks.has(key)) ||
      [...eventsOf(scope)].some((id) => !before.events.has(id));
    if (isTold) moments.evidence ??= now;
    for (const { id, status } of stacks.in(scope).values()) {
      if (CHANGING.has(status)) changing.add(id);
      else if (changing.has(id) && !OVER.has(status)) moments.givenUp ??= now;
    }
  };
  const watching = (async () => {
    while (!over) {
      // Time moves when something is asked.
      await world.transaction(look);
      await new Promise((done) => setTimeout(done, 2));
    }
  })();
  try {
    const answer = await work();
    moments.end = world.clock.now();
    return { moments, answer };
  } finally {
    over = true;
    await watching;
  }
}

/** Of services, those that did not end because they were to make way. */
const stoppedTasks = (scope: Scope): Set<string> =>
  new Set(
    tasks
      .in(scope)
      .entries()
      .flatMap(([key, { task, service }]) =>
        service && task.stoppedReason && !/^Scaling activity/.test(task.stoppedReason) ? [key] : [],
      ),
  );

const eventsOf = (scope: Scope): Set<string> =>
  new Set(
    services
      .in(scope)
      .values()
      .flatMap(({ events }) => events.flatMap(({ id, message = '' }) => (TELLING.test(message) ? [id!] : []))),
  );
