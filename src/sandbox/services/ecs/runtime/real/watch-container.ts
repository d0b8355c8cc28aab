import { setTimeout as wait } from 'node:timers/promises';
import type { Scope } from '../../../../kernel/scope.ts';
import { realContainers, type TaskRow, taskDefinitions } from '../../state.ts';
import { writeLogLines } from '../log-lines.ts';

/** CloudWatch Logs takes 10,000 events in a call; fewer keep other callers from waiting. */
const LINES_AT_ONCE = 500;
/** The rest of a log comes a moment after the end of its container; one that is cut off is not waited for. */
const LAST_LINES_MS = 5_000;

/** Follows a container to its end: its lines go to its log stream, then its end is told. */
export async function watchContainer(
  scope: Scope,
  task: TaskRow,
  { name, id, loggedUntil }: { name: string; id: string; loggedUntil?: string },
): Promise<void> {
  const { world } = scope;
  const { engine } = world.machine!;
  const lines = followLog(scope, task, { name, id, loggedUntil }).catch((error) => {
    if (!world.closing.aborted) throw error;
  });
  const exitCode = await engine!.ended(id, world.closing).catch((error) => {
    if (!world.closing.aborted) throw error;
    return undefined;
  });
  if (world.closing.aborted) return;
  await Promise.race([lines, wait(LAST_LINES_MS, undefined, { signal: world.closing }).catch(() => undefined)]);
  const { oomKilled = false, exitCode: shown = exitCode ?? KILLED } = (await engine!.inspect(id)) ?? {};
  await world.transaction(() => {
    const payload = {
      key: `${task.cluster}/${task.taskId}`,
      name,
      exitCode: shown,
      ...(oomKilled ? { reason: 'OutOfMemoryError: Container killed due to memory usage' } : {}),
    };
    world.schedule(scope, { afterMs: 0, kind: 'ecs.container-exit', payload });
  });
}

const KILLED = 137;

async function followLog(
  scope: Scope,
  task: TaskRow,
  { name, id, loggedUntil }: { name: string; id: string; loggedUntil: string | undefined },
): Promise<void> {
  const { world } = scope;
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(task.definition)?.definition ?? {};
  const container = containerDefinitions.find((definition) => definition.name === name)!;
  const key = `${task.cluster}/${task.taskId}/${name}`;
  const since = loggedUntil === undefined ? '0' : secondsOf(loggedUntil);
  for await (const stamped of world.machine!.engine!.lines(id, { since, signal: world.closing })) {
    const fresh = stamped.map(split).filter(({ at }) => loggedUntil === undefined || at > loggedUntil);
    for (let from = 0; from < fresh.length; from += LINES_AT_ONCE) {
      const some = fresh.slice(from, from + LINES_AT_ONCE);
      await world.transaction(async () => {
        await writeLogLines(scope, {
          task,
          container,
          lines: some.map(({ line }) => line).filter((line) => line !== ''),
        });
        if (realContainers.in(scope).has(key))
          realContainers.in(scope).update(key, (draft) => {
            draft.loggedUntil = some.at(-1)!.at;
          });
      });
    }
  }
}

/** `<time> <line>`; the times of one engine have one form, so that they are in order as text. */
function split(stamped: string): { at: string; line: string } {
  const space = stamped.indexOf(' ');
  return space < 0 ? { at: stamped, line: '' } : { at: stamped.slice(0, space), line: stamped.slice(space + 1) };
}

/** The engine takes seconds with a fraction; whole ones bring some lines again, which are left out. */
const secondsOf = (time: string): string => String(Math.floor(Date.parse(time) / 1000));
