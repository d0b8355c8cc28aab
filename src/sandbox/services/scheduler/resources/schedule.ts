import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';
import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createSchedule, deleteSchedule, getSchedule, updateSchedule } from '../operations/schedules.ts';
import { scheduleKey, schedules } from '../state.ts';

const inputOf = (properties: Properties, Name: string): Omit<CreateScheduleInput, 'ClientToken'> => ({
  ...(properties as Omit<CreateScheduleInput, 'ClientToken'>),
  Name,
});

export const schedule: ResourceProvider = {
  create(properties, { call, generateName }) {
    const name = properties.Name ?? generateName({ maxLength: 64 });
    createSchedule({ ...inputOf(properties, name), ClientToken: undefined }, call);
    return { status: 'done', physicalId: name };
  },
  update({ after, physicalId }, { call }) {
    updateSchedule({ ...inputOf(after, physicalId), ClientToken: undefined }, call);
    return { status: 'done', physicalId };
  },
  delete({ GroupName }, physicalId, { call }) {
    if (schedules.in(call).has(scheduleKey(physicalId, GroupName)))
      deleteSchedule({ Name: physicalId, GroupName, ClientToken: undefined }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { GroupName }, { call }) {
    if (!schedules.in(call).has(scheduleKey(physicalId, GroupName))) return undefined;
    const {
      CreationDate: _,
      LastModificationDate: __,
      ActionAfterCompletion: ___,
      ...found
    } = getSchedule({ Name: physicalId, GroupName }, call);
    return found as Properties;
  },
};
