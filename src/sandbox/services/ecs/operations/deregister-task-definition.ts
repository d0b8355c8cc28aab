import type { DeregisterTaskDefinitionCommandInput, DeregisterTaskDefinitionCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { refused } from '../faults.ts';
import { lastPart } from '../names.ts';
import { taskDefinitions } from '../state.ts';
import { shown } from '../stored.ts';

/** What runs on the revision goes on; nothing starts on it any more, except by services that use it already. */
export const deregisterTaskDefinition: Operation<
  DeregisterTaskDefinitionCommandInput,
  Answer<DeregisterTaskDefinitionCommandOutput>
> = ({ taskDefinition }, call) => {
  const name = lastPart(taskDefinition ?? '');
  if (!taskDefinitions.in(call).has(name)) throw refused('The specified task definition does not exist.');
  const row = taskDefinitions.in(call).update(name, ({ definition }) => {
    if (definition.status === 'ACTIVE') definition.deregisteredAt = call.world.clock.stamp();
    definition.status = definition.status === 'ACTIVE' ? 'INACTIVE' : definition.status!;
  });
  return { taskDefinition: shown(row.definition) };
};
