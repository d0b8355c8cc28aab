import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import type { World } from '../../kernel/world.ts';
import { admit, leave } from './admit.ts';
import { sendRecord } from './destination-record.ts';
import type { Reference } from './names.ts';
import { type Planned, type Result, runFunction } from './run-function.ts';
import { eventInvokes, functions, LATEST } from './state.ts';

export interface AsyncCall {
  id: string;
  reference: Reference;
  event: string;
  /** Virtual time at which it was taken. */
  received: number;
  /** Calls that the function has failed. */
  failures: number;
  /** Calls that were refused for lack of room. */
  throttles: number;
}

const calls = defineTable<AsyncCall>('lambda.async-calls');
const DUE = 'lambda.async-call-due';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRIES = 2;
const RETRY_MS = [60_000, 120_000];
const MOST_AGE_S = 21_600;
/** Throttled calls come back after a second, then after twice as long each, up to five minutes. */
const MOST_BACKOFF_MS = 300_000;

/** Takes an event to be worked on some time later: at once, as far as time goes. */
export function enqueue(reference: Reference, event: string, scope: Scope): void {
  const id = randomUUID();
  calls.in(scope).put(id, {
    id,
    reference: structuredClone(reference),
    event,
    received: scope.world.clock.now(),
    failures: 0,
    throttles: 0,
  });
  due(id, 0, scope);
}

const due = (id: string, afterMs: number, scope: Scope): void => {
  scope.world.schedule(scope, { afterMs, kind: DUE, payload: { id } });
};

export const asyncTimers: Readonly<Record<string, TimerHandler>> = {
  [DUE]: ({ id }: { id: string }, scope) => {
    const call = calls.in(scope).get(id);
    if (!call) return;
    if (!functions.in(scope).has(call.reference.name)) {
      calls.in(scope).delete(id);
      return;
    }
    const plan = letIn(call, scope);
    if (plan) begin(call, plan);
  },
};

/** A call that finds no room waits and tries again; one that cannot be called at all is lost. */
function letIn(call: AsyncCall, scope: Scope): Planned | undefined {
  try {
    return admit(call.reference, call.event, scope);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    if (error.code === 'TooManyRequestsException' || error.code === 'ResourceConflictException') {
      const backoff = Math.min(1_000 * 2 ** call.throttles, MOST_BACKOFF_MS);
      if (ageS(call, scope) + backoff / 1_000 > maxAgeOf(call, scope)) end(call, 'EventAgeExceeded', undefined, scope);
      else {
        calls.in(scope).update(call.id, (draft) => {
          draft.throttles += 1;
        });
        due(call.id, backoff, scope);
      }
    } else calls.in(scope).delete(call.id);
    return undefined;
  }
}

/** Beside the world's own work: what the function does, it may ask of this sandbox. */
function begin(call: AsyncCall, plan: Planned): void {
  const { scope } = plan;
  const release = scope.world.hold();
  scope.world.beside(async () => {
    try {
      const result = await runFunction(plan).finally(() => leave(plan));
      await scope.world.transaction(() => settle(call.id, result, scope));
    } finally {
      release();
    }
  });
}

function settle(id: string, result: Result, scope: Scope): void {
  const call = calls.in(scope).get(id);
  if (!call) return;
  if (!result.failed) {
    end(call, 'Success', result, scope);
    return;
  }
  const now = calls.in(scope).update(id, (draft) => {
    draft.failures += 1;
  });
  const again = RETRY_MS[now.failures - 1] ?? 0;
  if (now.failures > (configOf(call, scope)?.attempts ?? RETRIES)) end(now, 'RetriesExhausted', result, scope);
  else if (ageS(call, scope) + again / 1_000 > maxAgeOf(call, scope)) end(now, 'EventAgeExceeded', result, scope);
  else due(id, again, scope);
}

function end(call: AsyncCall, condition: string, result: Result | undefined, scope: Scope): void {
  calls.in(scope).delete(call.id);
  sendRecord(call, { condition, result, config: configOf(call, scope) }, scope);
}

const configOf = ({ reference: { name, qualifier = LATEST } }: AsyncCall, scope: Scope) =>
  eventInvokes.in(scope).get(`${name}:${qualifier}`);

const ageS = ({ received }: AsyncCall, { world }: Scope): number => (world.clock.now() - received) / 1_000;

const maxAgeOf = (call: AsyncCall, scope: Scope): number => configOf(call, scope)?.maxAgeS ?? MOST_AGE_S;

/** Calls that a server was working on when it was killed begin anew: at AWS too a function may get an event twice. */
export async function resumeCalls(world: World): Promise<void> {
  const partitions = world.store.partitions(calls.name);
  if (partitions.length === 0) return;
  await world.transaction(() => {
    for (const partition of partitions) {
      const [account = '', region = ''] = partition.split('/');
      const scope = { world, account, region };
      for (const { id } of calls.in(scope).values()) due(id, 0, scope);
    }
  });
}
