import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { PausedService } from '../../release/environment-state.ts';
import type { OutputsOf } from '../../release/task-network.ts';

/** A scheduled task of a service, as its stack tells of it. */
export interface ScheduledTask {
  /** As platform.yaml calls it. */
  name: string;
  /** Name of its rule in EventBridge. */
  rule: string;
}

/** Every such name begins the output of a rule, and what follows is the task. */
const FIRST = outputs.service.scheduledRule('');

/** `own`: outputs of the service's stack. `names`: of its scheduled tasks, as configured: an output alone does not always tell. */
export const scheduledTasks = (own: Readonly<Record<string, string>>, names: readonly string[] = []): ScheduledTask[] =>
  Object.keys(own)
    .filter((output) => output.startsWith(FIRST))
    .sort()
    .map((output) => ({
      name: names.find((one) => outputs.service.scheduledRule(one) === output) ?? kebab(output.slice(FIRST.length)),
      rule: own[output]!,
    }));

const kebab = (name: string): string => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** What ECS shows on a task that a rule of EventBridge has started. */
export const startedByRule = (rule: string): string => `events-rule/${rule}`;

type Powers = Pick<Session, 'aws'>;

/** Those that EventBridge would start. */
export async function onSchedule({ aws }: Powers, tasks: readonly ScheduledTask[]): Promise<ScheduledTask[]> {
  const on = await Promise.all(tasks.map(({ rule }) => aws.events.isRuleOn({ name: rule, bus: undefined })));
  return tasks.filter((_, index) => on[index]);
}

export async function switchSchedules({ aws }: Powers, tasks: readonly ScheduledTask[], on: boolean): Promise<void> {
  await Promise.all(tasks.map(({ rule }) => aws.events.switchRule({ name: rule, bus: undefined }, on)));
}

/** No deployment wakes what is paused: CloudFormation switches a rule on again whenever it changes it. */
export async function keepSchedulesPaused(
  powers: Powers,
  outputsOf: OutputsOf,
  paused: Readonly<Record<string, PausedService>>,
): Promise<void> {
  const tasks = Object.keys(paused).flatMap((service) => scheduledTasks(outputsOf(`service-${service}`)));
  await switchSchedules(powers, await onSchedule(powers, tasks), false);
}
