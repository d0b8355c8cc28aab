import { randomUUID } from 'node:crypto';
import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../kernel/scope.ts';
import { type EventRow, eventsOf, operations, type ResourceRow, resourcesOf, type StackRow, stacks } from '../state.ts';
import type { JsonObject } from '../template/template.ts';

function append(scope: Scope, stackId: string, event: Omit<EventRow, 'at'>): void {
  const { clientToken } = operations.in(scope).get(stackId) ?? {};
  const events = eventsOf(scope, stackId);
  events.put(String(events.size), {
    ...event,
    at: scope.world.clock.stamp(),
    ...(clientToken === undefined ? {} : { token: clientToken }),
  });
}

/** Moves a stack to a status and writes its event, as `DescribeStackEvents` shows it. */
export function setStackStatus(scope: Scope, stackId: string, status: StackStatus, reason?: string): StackRow {
  const row = stacks.in(scope).update(stackId, (draft) => {
    draft.status = status;
    if (reason === undefined) delete draft.statusReason;
    else draft.statusReason = reason;
  });
  append(scope, stackId, {
    id: randomUUID(),
    logicalId: row.name,
    physicalId: stackId,
    type: 'AWS::CloudFormation::Stack',
    status,
    ...(reason === undefined ? {} : { reason }),
  });
  return row;
}

export interface ResourceEvent {
  logicalId: string;
  type: string;
  physicalId?: string | undefined;
  properties?: JsonObject | undefined;
}

export function recordResourceEvent(
  scope: Scope,
  stackId: string,
  { logicalId, type, physicalId = '', properties }: ResourceEvent,
  status: ResourceStatus,
  reason?: string,
): void {
  const written = new Date(scope.world.clock.stamp()).toISOString();
  append(scope, stackId, {
    id: `${logicalId}-${status}-${written}`,
    logicalId,
    physicalId,
    type,
    status,
    ...(reason === undefined ? {} : { reason }),
    // Recorded: events of a deletion carry no properties.
    ...(properties === undefined || status.startsWith('DELETE_') ? {} : { properties: JSON.stringify(properties) }),
  });
}

/** Changes a resource's row to a status and writes the event of it. */
export function setResourceStatus(
  scope: Scope,
  stackId: string,
  logicalId: string,
  status: ResourceStatus,
  reason?: string,
  change: (draft: ResourceRow) => void = () => {},
): ResourceRow {
  const row = resourcesOf(scope, stackId).update(logicalId, (draft) => {
    draft.status = status;
    draft.updatedAt = scope.world.clock.stamp();
    if (reason === undefined) delete draft.statusReason;
    else draft.statusReason = reason;
    change(draft);
  });
  recordResourceEvent(scope, stackId, row, status, reason);
  return row;
}
