import type {
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
} from '@aws-sdk/client-scheduler';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { DEFAULT_GROUP } from '../state.ts';

/** The one that every account has; others are not simulated. */
const group = ({ account, region }: Call): GetScheduleGroupOutput => ({
  Arn: `arn:aws:scheduler:${region}:${account}:schedule-group/${DEFAULT_GROUP}`,
  Name: DEFAULT_GROUP,
  State: 'ACTIVE',
});

export function getScheduleGroup({ Name = '' }: GetScheduleGroupInput, call: Call): GetScheduleGroupOutput {
  if (Name !== DEFAULT_GROUP)
    throw new AwsFault('ResourceNotFoundException', `Schedule group ${Name} does not exist.`, { status: 404 });
  return group(call);
}

export const listScheduleGroups = ({ NamePrefix }: ListScheduleGroupsInput, call: Call): ListScheduleGroupsOutput => ({
  ScheduleGroups: DEFAULT_GROUP.startsWith(NamePrefix ?? '') ? [group(call)] : [],
});
