import type { Session } from '../../context.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import type { DeployedFunction } from '../functions/deployed-functions.ts';

/**
 * A deployment runs what is configured: an alias that was sent back by hand goes to the version that its stack made. What
 * was remembered of it is forgotten with the state that the record writes.
 */
export async function sendForward(
  { aws, reporter }: Pick<Session, 'aws' | 'reporter'>,
  functions: readonly DeployedFunction[],
  { movedAliases }: Pick<EnvironmentState, 'movedAliases'>,
): Promise<void> {
  for (const name of Object.keys(movedAliases)) {
    const fn = functions.find((one) => one.name === name);
    const alias = fn && (await aws.lambda.alias(fn.functionName, 'live'));
    if (fn && alias && alias.FunctionVersion !== fn.version) {
      reporter.note(`${name} goes from version ${alias.FunctionVersion}, to which it was sent back, to ${fn.version}`);
      await aws.lambda.pointAlias(fn.functionName, 'live', fn.version);
    }
    delete movedAliases[name];
  }
}
