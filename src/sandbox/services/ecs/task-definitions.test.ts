import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ecsScene, IMAGE } from './ecs-scene.ts';

const container = { name: 'web', image: IMAGE };
const fargate = {
  family: 'web',
  cpu: '256',
  memory: '512',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  containerDefinitions: [container],
} as const satisfies ConstructorParameters<typeof RegisterTaskDefinitionCommand>[0] & {
  requiresCompatibilities: unknown;
};

describe('RegisterTaskDefinition refuses', () => {
  it.each([
    [
      'F-54: a size that Fargate does not have',
      { cpu: '256', memory: '4096' },
      'No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.',
    ],
    [
      'F-54: a cpu that is no number',
      { cpu: 'much' },
      "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    ],
    ['no cpu', { cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    ['another network mode', { networkMode: 'bridge' as const }, 'Fargate only supports network mode ‘awsvpc’.'],
    [
      'an ECR image without a role',
      { containerDefinitions: [{ name: 'web', image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/web' }] },
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    ],
    [
      'secrets without a role',
      { containerDefinitions: [{ ...container, secrets: [{ name: 'A', valueFrom: 'b' }] }] },
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ],
    [
      'ports that differ',
      { containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 81 }] }] },
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [
      'a bad image',
      { containerDefinitions: [{ name: 'web', image: 'no good' }] },
      'Container.image contains invalid characters.',
    ],
    [
      'a secret named like a variable',
      {
        executionRoleArn: 'arn:aws:iam::000000000000:role/r',
        containerDefinitions: [
          { ...container, environment: [{ name: 'A', value: '1' }], secrets: [{ name: 'A', valueFrom: 'b' }] },
        ],
      },
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'A'.",
    ],
  ])('%s', async (_name, changes, message) => {
    const { ecs } = await ecsScene();
    const input = {
      ...fargate,
      requiresCompatibilities: ['FARGATE' as const],
      containerDefinitions: [container],
      ...changes,
    };
    expect(await answerOf(ecs.send(new RegisterTaskDefinitionCommand(input)))).toEqual(
      refusal('ClientException', message),
    );
  });
});

describe('task definitions', () => {
  it('get revisions, of which the newest active one is meant by the family', async () => {
    const { ecs, register } = await ecsScene();
    const arns = [await register(), await register(), await register()];
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:3' }));
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }));
    expect(taskDefinition).toMatchObject({ taskDefinitionArn: arns[1], revision: 2, status: 'ACTIVE' });
    const { taskDefinitionArns, nextToken } = await ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1 }));
    expect(taskDefinitionArns).toEqual([arns[0]]);
    expect((await ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1, nextToken }))).taskDefinitionArns).toEqual([
      arns[1],
    ]);
  });

  it('are gone for new tasks once deregistered (F-61)', async () => {
    const { createService, ecs, networkConfiguration, register } = await ecsScene();
    const taskDefinition = await register();
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    expect(await answerOf(createService({ taskDefinition }))).toEqual(
      refusal('ClientException', 'TaskDefinition is inactive'),
    );
    expect(
      await answerOf(ecs.send(new RunTaskCommand({ cluster: 'shop', taskDefinition: 'other', networkConfiguration }))),
    ).toEqual(refusal('ClientException', 'TaskDefinition not found.'));
    expect(await answerOf(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'other' })))).toEqual(
      refusal('ClientException', 'Unable to describe task definition.'),
    );
  });
});
