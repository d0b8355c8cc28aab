import { EDGE_REGION } from '../../../infra/edge-region.ts';
import { stackName } from '../../../infra/names.ts';
import type { StackId } from '../../../infra/wiring.ts';
import type { Session } from '../../context.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { type LiveNamedStack, type NamedStack, readLiveStacks } from './live-stacks.ts';

const FIXED: readonly StackId[] = [
  'images',
  'network',
  'data',
  'messaging',
  'runtime',
  'tasks',
  'functions',
  'edge',
  'sites',
  'observability',
];

/**
 * The stacks of an environment that are there, by id: those that its state remembers, and those that the configuration
 * would make, so that they are found when the state is lost or a first deployment was cut off. Needs no synthesis.
 */
export async function environmentStacks(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
): Promise<Map<string, LiveNamedStack>> {
  return readLiveStacks(aws, namedStacks({ environment, target }, state));
}

/** Their names, whether they are there or not. */
export function namedStacks(
  { environment, target }: Pick<Session, 'environment' | 'target'>,
  state: EnvironmentState,
): NamedStack[] {
  const ids = [...FIXED, ...Object.keys(environment.blocks.services).map((name) => `service-${name}`)];
  const configured = ids.map(
    (id) =>
      [
        id,
        {
          name: stackName(environment.naming.stack, { project: environment.project, env: environment.name, block: id }),
          region: id === 'edge' ? EDGE_REGION : target.region,
        },
      ] as const,
  );
  return Object.entries({ ...Object.fromEntries(configured), ...state.stacks }).map(([id, { name, region }]) => ({
    id,
    stackName: name,
    account: target.account,
    region,
  }));
}
