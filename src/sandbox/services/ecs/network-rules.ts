import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { securityGroups, subnets } from '../ec2/state.ts';
import { invalid } from './faults.ts';
import type { TaskDefinitionRow, TaskRow } from './state.ts';

/** The network of tasks in `awsvpc` mode: subnets and groups that exist, within ECS's limits. Throws InvalidParameterException. */
export function checkedNetwork(
  scope: Scope,
  { definition }: TaskDefinitionRow,
  configuration: NetworkConfiguration | undefined,
): TaskRow['network'] {
  const vpc = configuration?.awsvpcConfiguration;
  if (definition.networkMode !== 'awsvpc') {
    if (vpc) throw invalid('Network Configuration is not valid for the given networkMode of this task definition.');
    throw invalid('This sandbox runs tasks with networkMode awsvpc only.');
  }
  if (!vpc) throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  if (!vpc.subnets || vpc.subnets.length === 0) throw invalid('subnets can not be empty.');
  if (vpc.subnets.length > 16) throw invalid('subnets can have at most 16 items.');
  if ((vpc.securityGroups?.length ?? 0) > 5) throw invalid('securityGroups can have at most 5 items.');
  for (const id of vpc.subnets) {
    if (!subnets.in(scope).has(id)) {
      throw invalid(
        `Error retrieving subnet information for [${id}]: The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
      );
    }
  }
  const vpcs = new Set(vpc.subnets.map((id) => subnets.in(scope).get(id)!.VpcId));
  if (vpcs.size > 1) throw invalid('subnets must all belong to the same VPC.');
  for (const id of vpc.securityGroups ?? []) {
    const group = securityGroups.in(scope).get(id);
    if (!group) {
      throw invalid(
        `Error retrieving security group information for [${id}]: The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
      );
    }
    if (!vpcs.has(group.VpcId)) throw invalid('securityGroup and subnet belong to different networks.');
  }
  return {
    subnets: [...vpc.subnets],
    securityGroups: [...(vpc.securityGroups ?? [])],
    assignPublicIp: vpc.assignPublicIp === 'ENABLED',
  };
}
