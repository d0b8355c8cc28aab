import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { parseSchedule } from '../application-autoscaling/schedule-expression.ts';
import { isSchedule } from '../events/schedule-expression.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { DEFAULT_GROUP } from './state.ts';

export const invalid = (message: string) => new AwsFault('ValidationException', message);

/** Refuses what Scheduler refuses, and what the sandbox cannot carry out. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export function checkSchedule(input: Omit<CreateScheduleInput, 'ClientToken'>, scope: Scope): void {
  const { Name, GroupName = DEFAULT_GROUP, ScheduleExpression = '', FlexibleTimeWindow, Target } = input;
  if (!/^[0-9A-Za-z._-]{1,64}$/.test(Name ?? ''))
    throw invalid(
      `1 validation error detected: Value '${Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`,
    );
  if (GroupName !== DEFAULT_GROUP)
    throw new AwsFault('ResourceNotFoundException', `Schedule group ${GroupName} does not exist.`);
  const timezone = input.ScheduleExpressionTimezone ?? 'UTC';
  if (!isTimezone(timezone)) throw invalid('Invalid Timezone. Please provide a valid Timezone.');
  const isRead = ScheduleExpression.startsWith('at(') || isSchedule(ScheduleExpression);
  if (!isRead) throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`);
  if (!parseSchedule(ScheduleExpression, timezone))
    throw invalid(`The sandbox does not read the schedule expression ${ScheduleExpression}`);
  if (FlexibleTimeWindow?.Mode !== 'OFF')
    throw invalid('The sandbox simulates schedules without a flexible time window');
  for (const member of ['StartDate', 'EndDate', 'KmsKeyArn', 'ActionAfterCompletion'] as const)
    if (input[member] !== undefined && input[member] !== 'NONE')
      throw invalid(`The sandbox does not simulate ${member} of schedules`);
  if (!/^arn:aws:lambda:/.test(Target?.Arn ?? ''))
    throw invalid(`The sandbox simulates schedules of functions, not of ${Target?.Arn}`);
  const role = roles
    .in(scope)
    .values()
    .find(({ arn }) => arn === Target?.RoleArn);
  const context = { 'aws:SourceAccount': scope.account };
  if (!role || !trusts(role.trust, { caller: { service: 'scheduler.amazonaws.com' }, context }))
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

function isTimezone(timezone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
}
