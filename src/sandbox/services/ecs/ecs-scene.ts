import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { type StartSandboxOptions, startSandbox } from '../../../testing/start-sandbox.ts';
import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import { subnets } from '../ec2/state.ts';
import { keyOf, roles } from '../iam/state.ts';

export const IMAGE = 'public.ecr.aws/nginx/nginx:1.27';

/** A cluster `shop` in the default VPC, a role that tasks may take on, and short ways to say what tests of ECS say often. */
export async function ecsScene(options: StartSandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  const { scope } = sandbox;
  const ecs = sandbox.client(ECSClient);
  ensureDefaultVpc(scope);
  const roleArn = addRole(sandbox.scope, 'task-execution');
  await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
  const networkConfiguration = {
    awsvpcConfiguration: {
      subnets: subnets
        .in(scope)
        .values()
        .slice(0, 2)
        .map(({ SubnetId }) => SubnetId),
      assignPublicIp: 'ENABLED' as const,
    },
  };

  return {
    ...sandbox,
    ecs,
    roleArn,
    networkConfiguration,

    /** Registers a revision of `web`, a small Fargate task with one container on port 8000. */
    async register({ containerDefinitions = [], ...changes }: Partial<RegisterTaskDefinitionCommandInput> = {}) {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'web',
          cpu: '256',
          memory: '512',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          executionRoleArn: roleArn,
          containerDefinitions: [
            { name: 'web', image: IMAGE, portMappings: [{ containerPort: 8000 }], ...containerDefinitions[0] },
            ...containerDefinitions.slice(1),
          ],
          ...changes,
        }),
      );
      return taskDefinition!.taskDefinitionArn!;
    },

    createService: (changes: Partial<CreateServiceCommandInput> = {}) =>
      ecs.send(
        new CreateServiceCommand({
          cluster: 'shop',
          serviceName: 'web',
          taskDefinition: 'web',
          desiredCount: 2,
          launchType: 'FARGATE',
          networkConfiguration,
          ...changes,
        }),
      ),

    async service(name = 'web'): Promise<Service> {
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: [name] }));
      return services![0]!;
    },

    async tasks(desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING'): Promise<Task[]> {
      const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: 'shop', desiredStatus }));
      if (taskArns!.length === 0) return [];
      const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns }));
      return tasks!;
    },
  };
}

/** A role that ECS tasks may take on and that may do everything, unless another policy is given. */
export function addRole(
  scope: Parameters<typeof ensureDefaultVpc>[0],
  name: string,
  { trusted = 'ecs-tasks.amazonaws.com', actions = '*' }: { trusted?: string; actions?: string | string[] } = {},
): string {
  const arn = `arn:aws:iam::${scope.account}:role/${name}`;
  roles.in(scope).put(keyOf(name), {
    name,
    id: `AROA${name.toUpperCase()}`,
    arn,
    path: '/',
    created: 0,
    inline: {
      all: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }),
    },
    attached: [],
    tags: [],
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' }],
    }),
    maxSessionSeconds: 3600,
  });
  return arn;
}
