import type { TimerHandler } from '../../../kernel/service-definition.ts';
import { tasks } from '../state.ts';
import { attachInterface } from './attach-interface.ts';
import { deprovision, finish, stopContainers } from './end-task.ts';
import { becomeRunning, startContainers } from './start-task.ts';

const FORWARD = { pending: attachInterface, start: startContainers, running: becomeRunning };
const BACKWARD = { stopping: stopContainers, deprovisioning: deprovision, stopped: finish };

/** The next step of a task. A step forwards that comes after somebody wished the task's end is left out. */
export const taskStep: TimerHandler = async (
  { key, step }: { key: string; step: keyof typeof FORWARD | keyof typeof BACKWARD },
  scope,
) => {
  const row = tasks.in(scope).get(key);
  if (!row || row.task.lastStatus === 'STOPPED') return;
  if (step in FORWARD) {
    if (row.task.desiredStatus === 'RUNNING') await FORWARD[step as keyof typeof FORWARD](scope, key, row);
    return;
  }
  await BACKWARD[step as keyof typeof BACKWARD](scope, key, row);
};

/** Nobody sees a stopped task after its hour. */
export const forgetTask: TimerHandler = ({ key }: { key: string }, scope) => {
  tasks.in(scope).delete(key);
};
