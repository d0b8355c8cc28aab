import type { SignalResourceCommandInput, SignalResourceCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { lookAgain } from '../engine/schedule.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { operations, resourcesOf, signals } from '../state.ts';

/** For resources that wait for signals: a wait condition with a creation policy. */
export const signalResource: Operation<SignalResourceCommandInput, Answer<SignalResourceCommandOutput>> = (
  { StackName, LogicalResourceId, UniqueId, Status },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStack);
  const row = resourcesOf(call, stack.id).get(LogicalResourceId!);
  if (!row) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
  if (row.step?.state !== 'running')
    throw invalid(`Resource ${LogicalResourceId} is in ${row.status} state and cannot be signaled`);
  const key = `${stack.id}#${LogicalResourceId}`;
  const known = signals.in(call).get(key) ?? [];
  if (!known.some((signal) => signal.uniqueId === UniqueId))
    signals.in(call).put(key, [...known, { uniqueId: UniqueId!, status: Status! }]);
  const operation = operations.in(call).get(stack.id);
  if (operation)
    lookAgain(call, { stackId: stack.id, operation: operation.id, logicalId: row.logicalId, token: row.step.token }, 0);
  return {};
};
