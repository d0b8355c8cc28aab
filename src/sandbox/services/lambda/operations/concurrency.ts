import type {
  DeleteFunctionConcurrencyCommandInput,
  GetFunctionConcurrencyCommandInput,
  PutFunctionConcurrencyCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../kernel/scope.ts';
import { quotaOf } from '../../servicequotas/state.ts';
import { findFunction, findUnqualified, referenceOf } from '../names.ts';
import { functionMissing, invalidParameter, requireValid } from '../refusals.ts';
import { functionArn, functions, LATEST } from '../state.ts';

/**
 * What stays for functions without a reservation; accounts that may run fewer at once keep all of it:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const UNRESERVED = 100;

export const concurrencyLimit = (scope: Scope): number => quotaOf(scope, 'lambda', 'L-B99A9384');

/** Reserved by all functions but one. */
export const reservedByOthers = (scope: Scope, name?: string): number =>
  functions
    .in(scope)
    .values()
    .filter((row) => row.name !== name)
    .reduce((sum, { reserved = 0 }) => sum + reserved, 0);

/** Refuses a reservation that leaves the others too little (F-100). */
export function requireUnreserved(scope: Scope, name: string, wanted: number): void {
  const limit = concurrencyLimit(scope);
  const least = Math.min(UNRESERVED, limit);
  if (wanted > 0 && limit - reservedByOthers(scope, name) - wanted < least)
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`,
    );
}

export function putFunctionConcurrency(input: PutFunctionConcurrencyCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  if (!functions.in(call).has(reference.name)) throw functionMissing(functionArn(call, reference.name, LATEST));
  const { name } = findUnqualified(input.FunctionName, call);
  requireValid([
    'reservedConcurrentExecutions',
    input.ReservedConcurrentExecutions,
    { required: true, range: [0, Number.MAX_SAFE_INTEGER] },
  ]);
  const wanted = input.ReservedConcurrentExecutions!;
  requireUnreserved(call, name, wanted);
  functions.in(call).update(name, (draft) => {
    draft.reserved = wanted;
  });
  return { ReservedConcurrentExecutions: wanted };
}

export function getFunctionConcurrency(input: GetFunctionConcurrencyCommandInput, call: Call) {
  const { reserved } = findFunction(referenceOf(input, call), call);
  return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
}

export function deleteFunctionConcurrency(
  input: DeleteFunctionConcurrencyCommandInput,
  call: Call,
): Record<string, never> {
  functions.in(call).update(findUnqualified(input.FunctionName, call).name, (draft) => {
    delete draft.reserved;
  });
  return {};
}
