import { randomUUID } from 'node:crypto';
import type { Call, Scope } from '../../kernel/scope.ts';
import { deliver } from '../events/deliver.ts';
import { lookUpBus } from '../events/find.ts';
import { SERVICES } from '../registry.ts';
import { queueAt, scopeOf } from '../sqs/find-queue.ts';
import { send } from '../sqs/send.ts';
import { type AsyncCall, enqueue } from './async-calls.ts';
import { referenceOf } from './names.ts';
import { functionMissing } from './refusals.ts';
import type { Result } from './run-function.ts';
import { type EventInvokeRow, functionArn, functions, LATEST, latestOf, versions } from './state.ts';

interface Outcome {
  condition: string;
  result: Result | undefined;
  config: EventInvokeRow | undefined;
}

/** Tells the destination of an asynchronous call how it has ended, and gives what failed to the dead letters. */
export function sendRecord(call: AsyncCall, outcome: Outcome, scope: Scope): void {
  const { OnSuccess, OnFailure } = outcome.config?.destinations ?? {};
  const failed = outcome.condition !== 'Success';
  const destination = (failed ? OnFailure : OnSuccess)?.Destination;
  if (destination) toDestination(destination, recordOf(call, outcome, scope), failed, scope);
  const dead = failed ? deadLettersOf(call, scope) : undefined;
  if (dead) toDeadLetters(dead, call, outcome, scope);
}

const invokedArn = ({ reference: { name, qualifier = LATEST } }: AsyncCall, scope: Scope): string =>
  functionArn(scope, name, qualifier);

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function recordOf(call: AsyncCall, { condition, result }: Outcome, scope: Scope): Record<string, unknown> {
  return {
    version: '1.0',
    timestamp: new Date(scope.world.clock.stamp()).toISOString(),
    requestContext: {
      requestId: call.id,
      functionArn: invokedArn(call, scope),
      condition,
      approximateInvokeCount: call.failures + (condition === 'Success' ? 1 : 0),
    },
    requestPayload: JSON.parse(call.event),
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: result.version,
        ...(result.failed && { functionError: 'Unhandled' }),
      },
      responsePayload: JSON.parse(result.payload),
    }),
  };
}

function toDestination(arn: string, record: Record<string, unknown>, failed: boolean, scope: Scope): void {
  const [, , service] = arn.split(':');
  if (service === 'sqs') toQueue(arn, JSON.stringify(record), {}, scope);
  else if (service === 'sns') toTopic(arn, JSON.stringify(record), scope);
  else if (service === 'lambda') {
    const reference = referenceOf({ FunctionName: arn }, scope);
    if (!functions.in(scope).has(reference.name)) throw functionMissing(arn);
    enqueue(reference, JSON.stringify(record), scope);
  } else if (service === 'events') {
    const bus = lookUpBus(arn, scope);
    if (bus)
      deliver(
        bus.name,
        {
          version: '0',
          id: randomUUID(),
          'detail-type': `Lambda Function Invocation Result - ${failed ? 'Failure' : 'Success'}`,
          source: 'lambda',
          account: scope.account,
          time: new Date(scope.world.clock.stamp()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
          region: scope.region,
          resources: [arn, (record.requestContext as { functionArn: string }).functionArn],
          detail: record,
        },
        scope,
      );
  }
}

const deadLettersOf = ({ reference: { name, qualifier = LATEST } }: AsyncCall, scope: Scope): string | undefined =>
  (versions.in(scope).get(`${name}:${qualifier}`) ?? latestOf(scope, name))?.settings.DeadLetterConfig?.TargetArn;

/** The event itself, with what went wrong beside it. */
function toDeadLetters(arn: string, call: AsyncCall, { result }: Outcome, scope: Scope): void {
  const text = (DataType: string, StringValue: string) => ({ DataType, StringValue });
  const message = result ? ((JSON.parse(result.payload) as { errorMessage?: string } | null)?.errorMessage ?? '') : '';
  const attributes = {
    RequestID: text('String', call.id),
    ErrorCode: text('Number', '200'),
    ...(message && { ErrorMessage: text('String', message.slice(0, 1_024)) }),
  };
  if (arn.split(':')[2] === 'sqs') toQueue(arn, call.event, attributes, scope);
  else toTopic(arn, call.event, scope);
}

function toQueue(
  arn: string,
  body: string,
  attributes: Record<string, { DataType: string; StringValue: string }>,
  scope: Scope,
): void {
  const queue = queueAt(arn, scope);
  if (queue)
    send(
      queue,
      { MessageBody: body, MessageAttributes: attributes },
      { scope: scopeOf(scope, queue), senderId: 'AROALAMBDA' },
    );
}

/** Topics are another service's; where it is not simulated, nothing is told. */
function toTopic(TopicArn: string, Message: string, scope: Scope): void {
  const call: Call = {
    ...scope,
    requestId: randomUUID(),
    endpoint: scope.world.endpoint,
    principal: 'lambda.amazonaws.com',
  };
  void SERVICES.sns?.()
    .then((sns) => scope.world.transaction(() => sns.operations.Publish?.({ TopicArn, Message }, call)))
    .catch(() => undefined);
}
