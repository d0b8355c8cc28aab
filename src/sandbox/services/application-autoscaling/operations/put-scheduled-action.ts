import { randomUUID } from 'node:crypto';
import type { PutScheduledActionRequest } from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { parseSchedule } from '../schedule-expression.ts';
import { planRun } from '../scheduled-runs.ts';
import { actions } from '../state.ts';
import { checkName, invalid, targetKey, targetOf } from '../target-key.ts';

export const actionKey = (
  action: Pick<
    PutScheduledActionRequest,
    'ServiceNamespace' | 'ResourceId' | 'ScalableDimension' | 'ScheduledActionName'
  >,
) => `${targetKey(action)}|${action.ScheduledActionName}`;

export const putScheduledAction: Operation<PutScheduledActionRequest, Record<never, never>> = (input, call) => {
  checkName(input);
  if (!input.ScheduledActionName) throw invalid('ScheduledActionName must be specified');
  targetOf(call, input);
  const key = actionKey(input);
  const before = actions.in(call).get(key);
  const Schedule = input.Schedule ?? before?.Schedule;
  const Timezone = input.Timezone ?? before?.Timezone;
  if (!Schedule) throw invalid('Schedule must be specified');
  if (Timezone !== undefined && !Intl.supportedValuesOf('timeZone').includes(Timezone) && Timezone !== 'UTC') {
    throw invalid(`Invalid timezone: ${Timezone}`);
  }
  if (!parseSchedule(Schedule, Timezone)) throw invalid(`Invalid schedule expression: ${Schedule}`);
  const action = input.ScalableTargetAction ?? before?.ScalableTargetAction;
  if (action?.MinCapacity === undefined && action?.MaxCapacity === undefined) {
    throw invalid('At least one of MinCapacity and MaxCapacity must be specified in ScalableTargetAction');
  }
  if ((action.MinCapacity ?? 0) > (action.MaxCapacity ?? Infinity)) {
    throw invalid('Maximum capacity cannot be less than minimum capacity');
  }

  actions.in(call).put(key, {
    ScheduledActionName: input.ScheduledActionName,
    ScheduledActionARN:
      before?.ScheduledActionARN ??
      `arn:aws:autoscaling:${call.region}:${call.account}:scheduledAction:${randomUUID()}:resource/${input.ServiceNamespace}/${input.ResourceId}:scheduledActionName/${input.ScheduledActionName}`,
    ServiceNamespace: input.ServiceNamespace!,
    ResourceId: input.ResourceId!,
    ScalableDimension: input.ScalableDimension!,
    Schedule,
    ...(Timezone === undefined ? {} : { Timezone }),
    ScalableTargetAction: action,
    ...(input.StartTime ? { startsAt: input.StartTime.getTime() } : {}),
    ...(input.EndTime ? { endsAt: input.EndTime.getTime() } : {}),
    ...(before?.timer ? { timer: before.timer } : {}),
    createdAt: before?.createdAt ?? call.world.clock.stamp(),
  });
  planRun(call, key, Date.now());
  return {};
};
