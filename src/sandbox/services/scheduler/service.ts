import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { getScheduleGroup, listScheduleGroups } from './operations/groups.ts';
import { createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule } from './operations/schedules.ts';
import { schedule } from './resources/schedule.ts';
import { runTimers } from './run-schedule.ts';

export const scheduler: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-scheduler'),
  client: 'SchedulerClient',
  operations: {
    CreateSchedule: createSchedule,
    DeleteSchedule: deleteSchedule,
    GetSchedule: getSchedule,
    GetScheduleGroup: getScheduleGroup,
    ListScheduleGroups: listScheduleGroups,
    ListSchedules: listSchedules,
    UpdateSchedule: updateSchedule,
  },
  timers: runTimers,
  resources: { 'AWS::Scheduler::Schedule': schedule },
};
