import type { Blocks } from '../../config/blocks.ts';
import type { Session } from '../../context.ts';
import { authorizerName } from '../../release/api-settings.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import { waitFor } from '../wait-for.ts';

/** Part of the contract of `load --json`. */
export interface AuthorizerCalls {
  function: string;
  /** For how long API Gateway remembers what it said of a token; 0: never. */
  cacheSeconds: number;
  /** By CloudWatch, which counts with a delay: at least so many. */
  calls: number;
}

interface Authorizer {
  functionName: string;
  cacheSeconds: number;
}

/** The function that looks at the tokens of an API; undefined where none of ours does. */
export function authorizerOf(blocks: Blocks, api: string, outputsOf: OutputsOf): Authorizer | undefined {
  const { authorizer } = blocks.apis[api]!;
  if (authorizer.kind !== 'jwt-lambda') return undefined;
  const name = authorizerName(api, blocks);
  const found = deployedFunctions(outputsOf, [name]).find((one) => one.name === name);
  return found && { functionName: found.functionName, cacheSeconds: authorizer.cacheSeconds };
}

/** Minutes that are counted together: what came before the load is in both counts. */
const MINUTES = 20;
const FOR_MS = 3 * 60_000;

/** Counts from now on; `since` waits until something was counted, and no longer than CloudWatch takes. */
export async function countAuthorizer(
  { aws, clock, signal, target }: Pick<Session, 'aws' | 'clock' | 'signal' | 'target'>,
  { functionName, cacheSeconds }: Authorizer,
): Promise<{ since(now: number): Promise<AuthorizerCalls> }> {
  const end = clock.now() + (MINUTES - 5) * 60_000;
  const metric = { namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: functionName } };
  const count = () => aws.metrics.sum(metric, { now: end, minutes: MINUTES });
  const before = await count();
  return {
    since: async () => {
      const forMs = target.sandbox ? 1_000 : FOR_MS;
      const calls = await waitFor({ clock, everyMs: target.pollMs, forMs, signal }, async () => {
        const more = (await count()) - before;
        return more > 0 ? more : undefined;
      });
      return { function: functionName, cacheSeconds, calls: calls ?? 0 };
    },
  };
}
