import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Standing } from '../stacks/read-standing.ts';

/**
 * Throws `shared-in-use` when others live in the network that this environment shares (F-144): its deletion would take
 * the load balancer from them and then fail half-way. A consumer is a stack that was given the network's id; one that
 * somebody made without parameters is not seen.
 */
export async function checkConsumers(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { stacks }: Standing,
): Promise<void> {
  const { shared } = environment.blocks;
  if (shared.mode !== 'export' || stacks.length === 0) return;
  const vpcId = await aws.ssm.parameter(`${shared.prefix}/network/vpc-id`);
  if (vpcId === undefined) return;
  const ours = new Set(stacks.map(({ stackName }) => stackName));
  const consumers = (await aws.cloudFormation.stacks())
    .filter(({ StackName, Parameters = [] }) => {
      return !ours.has(StackName!) && Parameters.some(({ ParameterValue }) => ParameterValue === vpcId);
    })
    .map(({ StackName }) => StackName!);
  if (consumers.length > 0) throw inUse(environment.name, consumers);
}

const inUse = (environment: string, consumers: readonly string[]) =>
  new PlatformError({
    id: 'shared-in-use',
    kind: 'failed',
    message: `${environment} shares its network, and ${consumers.toSorted().join(', ')} stand in it; nothing was deleted`,
    remedy: 'platform destroy --env <consumer> for the environments of these stacks first',
  });
