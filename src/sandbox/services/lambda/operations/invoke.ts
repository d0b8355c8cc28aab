import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { Afterwards } from '../../../kernel/afterwards.ts';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { admit, leave } from '../admit.ts';
import { enqueue } from '../async-calls.ts';
import { findVersion, type Reference, referenceOf } from '../names.ts';
import { functionMissing, requireValid } from '../refusals.ts';
import { runFunction } from '../run-function.ts';
import { functionArn, functions, LATEST } from '../state.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 };
/** Of the log, with `LogType: Tail`. */
const TAIL = 4_096;

/** Calls a function: waits for it, puts the event into its queue, or only looks whether it could be called. */
export function invoke(input: InvocationRequest, call: Call): InvocationResponse | Afterwards<InvocationResponse> {
  const reference = referenceOf(input, call);
  const type = input.InvocationType ?? 'RequestResponse';
  requireValid(
    ['invocationType', type, { values: ['Event', 'RequestResponse', 'DryRun'] }],
    ['logType', input.LogType, { values: ['None', 'Tail'] }],
  );
  requireFunction(reference, call);
  const event = eventOf(input.Payload, type);
  if (type === 'DryRun') return { StatusCode: 204 };
  if (type === 'Event') {
    enqueue(reference, event, call);
    return { StatusCode: 202, Payload: new Uint8Array() };
  }
  const plan = admit(reference, event, call, contextOf(input.ClientContext));
  return new Afterwards(async () => {
    try {
      const { payload, failed, log, version } = await runFunction(plan);
      return {
        StatusCode: 200,
        ExecutedVersion: version,
        Payload: Buffer.from(payload),
        ...(failed && { FunctionError: 'Unhandled' }),
        ...(input.LogType === 'Tail' && { LogResult: Buffer.from(log).subarray(-TAIL).toString('base64') }),
      };
    } finally {
      leave(plan);
    }
  });
}

/** As recorded: without a qualifier the refusal names `$LATEST`. */
function requireFunction(reference: Reference, call: Call): void {
  if (!functions.in(call).has(reference.name))
    throw functionMissing(functionArn(call, reference.name, reference.qualifier ?? LATEST));
  findVersion(reference, call);
}

function eventOf(payload: Uint8Array | undefined, type: keyof typeof MOST): string {
  if (!payload?.length) return '{}';
  if (payload.length > MOST[type])
    throw new AwsFault(
      'RequestTooLargeException',
      `${payload.length} byte payload is too large for the ${type} invocation type (limit ${MOST[type]} bytes)`,
      { fields: { Type: 'User' } },
    );
  const text = Buffer.from(payload).toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsFault(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
      { fields: { Type: 'User' } },
    );
  }
  return text;
}

function contextOf(given: string | undefined): unknown {
  if (!given) return undefined;
  try {
    return JSON.parse(Buffer.from(given, 'base64').toString('utf8'));
  } catch {
    throw new AwsFault('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  }
}
