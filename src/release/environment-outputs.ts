import { outputs } from '../../infra/outputs.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { flatOutputs } from './flat-outputs.ts';

/**
 * What `outputs` and `deploy --json` tell of an environment: what its stacks state, and the command that opens a session
 * with each database that stands.
 */
export function environmentOutputs(
  environment: Pick<EffectiveEnvironment, 'name' | 'kind' | 'sandboxed' | 'blocks'>,
  outputsOf: (stack: string) => Readonly<Record<string, string>>,
): Record<string, string> {
  const told = outputsOf('data');
  const connections = Object.keys(environment.blocks.databases).flatMap((name) =>
    told[outputs.data.databaseHost(name)] === undefined
      ? []
      : [[`databases.${name}.connect`, `platform db connect ${name} ${environmentFlags(environment)}`] as const],
  );
  return { ...flatOutputs(environment.blocks, outputsOf), ...Object.fromEntries(connections) };
}
