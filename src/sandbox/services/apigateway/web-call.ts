import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { admit, leave } from '../lambda/admit.ts';
import { referenceOf } from '../lambda/names.ts';
import { policyAllows } from '../lambda/resource-policy.ts';
import { runFunction } from '../lambda/run-function.ts';
import { functions } from '../lambda/state.ts';

export type CallEnd = { kind: 'answer'; payload: string } | { kind: 'failed'; payload: string } | { kind: 'timeout' };

/** `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations`, or the ARN itself. */
export const functionOf = (uri: string): string => /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

/**
 * Calls a function for an API. Undefined when the API may not, or when there is none: callers see 500. What takes too
 * long is not waited for, but goes on.
 */
export async function callFunction(
  arn: string,
  event: unknown,
  { sourceArn, timeoutMs, scope }: { sourceArn: string; timeoutMs: number; scope: Scope },
): Promise<CallEnd | undefined> {
  const { world } = scope;
  const plan = await world.transaction(() => {
    try {
      const reference = referenceOf({ FunctionName: arn }, scope);
      const who = {
        action: 'lambda:InvokeFunction',
        service: 'apigateway.amazonaws.com',
        context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': scope.account },
      };
      if (!functions.in(scope).has(reference.name) || !policyAllows(reference, who, scope)) return undefined;
      return admit(reference, JSON.stringify(event), scope);
    } catch (error) {
      if (error instanceof AwsFault) return undefined;
      throw error;
    }
  });
  if (!plan) return undefined;
  const running = runFunction(plan).finally(() => leave(plan));
  const late = new Promise<'timeout'>((resolve) => setTimeout(() => resolve('timeout'), timeoutMs).unref());
  const result = await Promise.race([running, late]);
  if (result === 'timeout') {
    running.catch(() => undefined);
    return { kind: 'timeout' };
  }
  return { kind: result.failed ? 'failed' : 'answer', payload: result.payload };
}
