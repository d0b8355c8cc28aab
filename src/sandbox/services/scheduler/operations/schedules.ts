import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { checkSchedule, invalid } from '../check-schedule.ts';
import { planRun } from '../run-schedule.ts';
import { DEFAULT_GROUP, type ScheduleRow, scheduleKey, schedules } from '../state.ts';

type Given = Omit<CreateScheduleInput, 'ClientToken'>;

function found({ Name = '', GroupName }: { Name?: string | undefined; GroupName?: string | undefined }, call: Call) {
  const row = schedules.in(call).get(scheduleKey(Name, GroupName));
  if (!row) throw new AwsFault('ResourceNotFoundException', `Schedule ${Name} does not exist.`, { status: 404 });
  return row;
}

export function createSchedule(input: CreateScheduleInput, call: Call): CreateScheduleOutput {
  checkSchedule(input, call);
  if (schedules.in(call).has(scheduleKey(input.Name!, input.GroupName)))
    throw new AwsFault('ConflictException', `Schedule ${input.Name} already exists.`, { status: 409 });
  return put(input, call, call.world.clock.stamp());
}

/** Whatever is left out gets its default again. */
export function updateSchedule(input: UpdateScheduleInput, call: Call): CreateScheduleOutput {
  const { created } = found(input, call);
  checkSchedule(input, call);
  return put(input, call, created);
}

function put(input: Given, call: Call, created: number): { ScheduleArn: string } {
  const { Name = '', GroupName: group = DEFAULT_GROUP, Description } = input;
  const key = scheduleKey(Name, group);
  const arn = `arn:aws:scheduler:${call.region}:${call.account}:schedule/${group}/${Name}`;
  const timer = schedules.in(call).get(key)?.timer;
  schedules.in(call).put(key, {
    name: Name,
    group,
    arn,
    expression: input.ScheduleExpression!,
    timezone: input.ScheduleExpressionTimezone ?? 'UTC',
    state: input.State ?? 'ENABLED',
    ...(Description === undefined ? {} : { description: Description }),
    window: input.FlexibleTimeWindow!,
    target: withDefaults(input.Target!),
    created,
    modified: call.world.clock.stamp(),
    ...(timer === undefined ? {} : { timer }),
  });
  planRun(call, key);
  return { ScheduleArn: arn };
}

/** A day and 185 attempts, unless somebody says otherwise. */
const withDefaults = (target: ScheduleRow['target']): ScheduleRow['target'] => ({
  ...target,
  RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...target.RetryPolicy },
});

export function getSchedule(input: GetScheduleInput, call: Call): GetScheduleOutput {
  const row = found(input, call);
  return {
    Arn: row.arn,
    GroupName: row.group,
    Name: row.name,
    ScheduleExpression: row.expression,
    ScheduleExpressionTimezone: row.timezone,
    State: row.state,
    ...(row.description === undefined ? {} : { Description: row.description }),
    FlexibleTimeWindow: row.window,
    Target: row.target,
    ActionAfterCompletion: 'NONE',
    CreationDate: new Date(row.created),
    LastModificationDate: new Date(row.modified),
  };
}

export function deleteSchedule(input: DeleteScheduleInput, call: Call): Record<never, never> {
  const { name, group, timer } = found(input, call);
  if (timer) call.world.cancel(timer);
  schedules.in(call).delete(scheduleKey(name, group));
  return {};
}

export function listSchedules(input: ListSchedulesInput, call: Call): ListSchedulesOutput {
  const fitting = schedules
    .in(call)
    .values()
    .filter(({ name, group }) => name.startsWith(input.NamePrefix ?? '') && group === (input.GroupName ?? group));
  const { items, next } = page(fitting, {
    size: input.MaxResults ?? 100,
    token: input.NextToken,
    refuse: () => {
      throw invalid('Invalid NextToken.');
    },
  });
  return {
    Schedules: items.map(({ name, group, arn, state, target, created, modified }) => ({
      Name: name,
      GroupName: group,
      Arn: arn,
      State: state,
      Target: { Arn: target.Arn },
      CreationDate: new Date(created),
      LastModificationDate: new Date(modified),
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
