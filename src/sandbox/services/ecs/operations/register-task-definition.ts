import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { cpuUnits, memoryMiB } from '../fargate-sizes.ts';
import { taskDefinitionArn } from '../names.ts';
import { families, taskDefinitions } from '../state.ts';
import { kept, shown } from '../stored.ts';
import { checkedTags } from '../tags.ts';
import { checkTaskDefinition } from '../task-definition-rules.ts';

/** Every call makes a revision, even of an equal definition, as AWS does. */
export const registerTaskDefinition: Operation<
  RegisterTaskDefinitionCommandInput,
  Answer<RegisterTaskDefinitionCommandOutput>
> = (input, call) => {
  checkTaskDefinition(input);
  const { tags, ...definition } = input;
  const family = input.family!;
  const revision = (families.in(call).get(family)?.revision ?? 0) + 1;
  families.in(call).put(family, { revision });
  const fargate = input.requiresCompatibilities?.includes('FARGATE') ?? false;

  const row = taskDefinitions.in(call).put(`${family}:${revision}`, {
    definition: {
      volumes: [],
      placementConstraints: [],
      ...kept(definition),
      ...(input.cpu === undefined ? {} : { cpu: String(cpuUnits(input.cpu)) }),
      ...(input.memory === undefined ? {} : { memory: String(memoryMiB(input.memory)) }),
      containerDefinitions: kept(input.containerDefinitions!.map((container) => completed(container, input))),
      family,
      revision,
      taskDefinitionArn: taskDefinitionArn(call, `${family}:${revision}`),
      status: 'ACTIVE',
      requiresAttributes: requiredAttributes(input),
      compatibilities: fargate || input.networkMode === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EXTERNAL', 'EC2'],
      registeredAt: call.world.clock.stamp(),
      registeredBy: call.principal,
    },
    tags: checkedTags(tags, { system: true }),
  });
  return { taskDefinition: shown(row.definition), ...(row.tags.length > 0 ? { tags: row.tags } : {}) };
};

/** What AWS fills in, so that a definition reads back as it does there. */
function completed(container: ContainerDefinition, { networkMode }: RegisterTaskDefinitionCommandInput) {
  return {
    cpu: 0,
    portMappings: [],
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    ...(container.portMappings && {
      portMappings: container.portMappings.map((mapping) => ({
        ...mapping,
        protocol: mapping.protocol ?? 'tcp',
        ...(networkMode === 'awsvpc' ? { hostPort: mapping.hostPort ?? mapping.containerPort } : {}),
      })),
    }),
    ...(container.healthCheck && {
      healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck },
    }),
  };
}

/** The attributes that tell EC2 placement what an instance must have; Fargate has them all. */
function requiredAttributes(input: RegisterTaskDefinitionCommandInput): { name: string }[] {
  const names = [
    ...(input.containerDefinitions?.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs')
      ? ['com.amazonaws.ecs.capability.logging-driver.awslogs', 'ecs.capability.execution-role-awslogs']
      : []),
    ...(input.containerDefinitions?.some(({ secrets }) => secrets?.length)
      ? ['ecs.capability.secrets.asm.environment-variables']
      : []),
    ...(input.taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(input.networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : []),
  ];
  return names.map((name) => ({ name }));
}
