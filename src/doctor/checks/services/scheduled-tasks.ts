import type { Task } from '@aws-sdk/client-ecs';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { stoppedReasonOf } from '../../../domain/task-end.ts';
import { onSchedule, startedByRule, switchSchedules } from '../../../operations/services/scheduled-tasks.ts';
import { taskIdOf } from '../../../operations/tasks/run-one-off.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

/** Nobody waits for what the clock starts: without this its failure is seen by nobody. */
export const scheduledTasks: Check = {
  id: 'scheduled-tasks',
  title: 'What runs by the clock is switched on, and ended well the last time',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const services = (await scene.services()).filter(({ scheduled }) => scheduled.length > 0);
    if (services.length === 0) return skipped('nothing runs by the clock');
    const { paused } = (await scene.state()).state;
    const flags = environmentFlags(session.environment);
    const found = await Promise.all(
      services.map(async ({ name: service, cluster, scheduled }): Promise<Finding[]> => {
        const [on, stopped] = await Promise.all([onSchedule(session, scheduled), scene.stoppedTasks(cluster)]);
        return scheduled.flatMap((task): Finding[] => {
          const common = { severity: 'warning', subject: `services.${service}.scheduledTasks.${task.name}` } as const;
          const found: Finding[] = [];
          if (!on.includes(task) && !paused[service])
            found.push(
              sick({
                ...common,
                detail: 'its rule is switched off, and nobody paused the service',
                evidence: [evidenceOf('events:DescribeRule', `State of ${task.rule}`, 'DISABLED')],
                remedy: `aws events enable-rule --name ${task.rule}`,
                fix: {
                  handling: 'ASK',
                  does: `have EventBridge start ${task.name} of ${service} again`,
                  apply: () => switchSchedules(session, [task], true),
                },
              }),
            );
          const last = newestOf(stopped, task.rule);
          if (last && hasFailed(last))
            found.push(
              sick({
                ...common,
                detail: `its last run failed: ${stoppedReasonOf(last) ?? 'ECS gives no reason'}`,
                evidence: [evidenceOf('ecs:DescribeTasks', 'tasks[0].containers[].exitCode', exitCodes(last))],
                remedy: `platform logs ${service} --task ${taskIdOf(last)} ${flags} shows what it wrote`,
              }),
            );
          return found;
        });
      }),
    );
    const ill = found.flat();
    const count = services.reduce((sum, { scheduled }) => sum + scheduled.length, 0);
    return ill.length > 0 ? ill : ok(counted(count, 'scheduled task'));
  },
};

/** ECS keeps stopped tasks for about an hour. */
const newestOf = (tasks: readonly Task[], rule: string): Task | undefined =>
  tasks
    .filter(({ startedBy }) => startedBy === startedByRule(rule))
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0))[0];

/** A container that never ran has no exit code. */
const hasFailed = ({ containers = [] }: Task): boolean => containers.some(({ exitCode }) => exitCode !== 0);

const exitCodes = ({ containers = [] }: Task): string =>
  containers.map(({ name, exitCode }) => `${name} ${exitCode ?? 'none'}`).join(', ');
