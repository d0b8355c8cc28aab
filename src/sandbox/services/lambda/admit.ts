import type { Scope } from '../../kernel/scope.ts';
import { recordThrottle } from './function-metrics.ts';
import { aliasOf, findVersion, type Reference, requireSettled } from './names.ts';
import { concurrencyLimit, reservedByOthers } from './operations/concurrency.ts';
import { conflict, throttled } from './refusals.ts';
import { type Planned, planned } from './run-function.ts';
import { poolOf } from './runtime/pool.ts';
import { functions, type VersionRow, versions } from './state.ts';

/** Which version answers: an alias shares its calls between two by their weights. */
function chooseVersion(reference: Reference, scope: Scope): VersionRow {
  const row = findVersion(reference, scope);
  const [other] = Object.entries(aliasOf(reference, scope)?.weights ?? {});
  if (!other || Math.random() >= other[1]) return row;
  return versions.in(scope).get(`${row.function}:${other[0]}`) ?? row;
}

/** Lets a call in, or throws what Lambda refuses it with. Whoever gets a plan has to run it. */
export function admit(reference: Reference, event: string, scope: Scope, clientContext?: unknown): Planned {
  const row = chooseVersion(reference, scope);
  if (row.state === 'Pending') requireSettled(row, reference.arn);
  if (row.state === 'Failed')
    throw conflict(
      `The operation cannot be performed at this time. The function is currently in the following state: ${row.state}`,
    );
  const reason = overLimit(row.function, scope);
  if (reason) {
    recordThrottle(row.function, reference.arn, row.version, scope);
    throw throttled(reason);
  }
  const plan = planned(row, reference.arn, event, scope, clientContext);
  const { running } = poolOf(scope.world);
  const key = runningKey(scope, row.function);
  running.set(key, (running.get(key) ?? 0) + 1);
  return plan;
}

/** A call has ended. */
export function leave({ row, scope }: Planned): void {
  const { running } = poolOf(scope.world);
  const key = runningKey(scope, row.function);
  const rest = (running.get(key) ?? 1) - 1;
  if (rest > 0) running.set(key, rest);
  else running.delete(key);
}

const runningKey = ({ account, region }: Scope, name: string): string => `${account}/${region}/${name}`;

function overLimit(name: string, scope: Scope): string | undefined {
  const { running } = poolOf(scope.world);
  const count = (each: string) => running.get(runningKey(scope, each)) ?? 0;
  const reserved = functions.in(scope).get(name)?.reserved;
  if (reserved !== undefined)
    return count(name) >= reserved ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined;
  const unreserved = functions
    .in(scope)
    .values()
    .filter((row) => row.reserved === undefined)
    .reduce((sum, row) => sum + count(row.name), 0);
  return unreserved >= concurrencyLimit(scope) - reservedByOthers(scope)
    ? 'ConcurrentInvocationLimitExceeded'
    : undefined;
}
