import { randomUUID } from 'node:crypto';
import type {
  CancelMessageMoveTaskCommandInput,
  ListMessageMoveTasksCommandInput,
  StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { redrivePolicyOf } from '../attributes.ts';
import { queueAt, scopeOf } from '../find-queue.ts';
import { liveMessages, moveMessage } from '../receive.ts';
import { invalidValue } from '../refusals.ts';
import { moveTasks, queues } from '../state.ts';

const notFound = (message: string) => new AwsFault('ResourceNotFoundException', message, { status: 404 });

/** All messages are moved at once, whatever speed was asked for. */
export function startMessageMoveTask({ SourceArn = '', DestinationArn }: StartMessageMoveTaskCommandInput, call: Call) {
  const source = queueAt(SourceArn, call);
  if (!source) throw notFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  if (
    !queues
      .in(call)
      .values()
      .some((row) => redrivePolicyOf(row)?.deadLetterTargetArn === SourceArn)
  )
    throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
  if (DestinationArn !== undefined && !queueAt(DestinationArn, call))
    throw notFound("The resource that you specified for the DestinationArn parameter doesn't exist.");

  const scope = scopeOf(call, source);
  let moved = 0;
  for (const [place, { sourceArn }] of liveMessages(source, scope)) {
    const target = queueAt(DestinationArn ?? sourceArn ?? '', call);
    if (!target) continue;
    moveMessage(source, place, target, scope);
    moved += 1;
  }
  const handle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: SourceArn })).toString('base64');
  moveTasks.in(call).put(handle, {
    handle,
    sourceArn: SourceArn,
    ...(DestinationArn !== undefined && { destinationArn: DestinationArn }),
    moved,
    started: call.world.clock.stamp(),
  });
  return { TaskHandle: handle };
}

export function listMessageMoveTasks({ SourceArn = '', MaxResults = 1 }: ListMessageMoveTasksCommandInput, call: Call) {
  if (!queueAt(SourceArn, call))
    throw notFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  const rows = moveTasks
    .in(call)
    .values()
    .filter(({ sourceArn }) => sourceArn === SourceArn)
    .sort((a, b) => b.started - a.started)
    .slice(0, MaxResults);
  return {
    Results: rows.map(({ sourceArn, destinationArn, moved, started }) => ({
      Status: 'COMPLETED',
      SourceArn: sourceArn,
      ...(destinationArn !== undefined && { DestinationArn: destinationArn }),
      ApproximateNumberOfMessagesMoved: moved,
      ApproximateNumberOfMessagesToMove: moved,
      StartedTimestamp: started,
    })),
  };
}

/** Tasks are done when they are started, so none can be stopped. */
export function cancelMessageMoveTask({ TaskHandle = '' }: CancelMessageMoveTaskCommandInput, call: Call): never {
  if (!moveTasks.in(call).has(TaskHandle)) throw notFound('Task does not exist.');
  throw new AwsFault('UnsupportedOperation', 'Only active tasks can be cancelled.');
}
