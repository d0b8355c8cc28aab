import type { Tag } from '@aws-sdk/client-ecs';
import type { ServiceRow, TaskDefinitionRow } from '../state.ts';
import { mergedTags } from '../tags.ts';

/** Tags that a service's tasks inherit: propagated ones, and ECS's own when those are switched on. */
export function serviceTaskTags(
  { cluster, serviceName, settings, tags }: ServiceRow,
  definition: TaskDefinitionRow,
): Tag[] {
  const propagated =
    settings.propagateTags === 'SERVICE' ? tags : settings.propagateTags === 'TASK_DEFINITION' ? definition.tags : [];
  const managed = settings.enableECSManagedTags
    ? [
        { key: 'aws:ecs:serviceName', value: serviceName },
        { key: 'aws:ecs:clusterName', value: cluster },
      ]
    : [];
  return mergedTags(propagated, managed);
}
