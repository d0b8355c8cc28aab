import { Construct } from 'constructs';
import { core, ecs } from '../aws-cdk.ts';
import { secretOf } from '../grants.ts';
import { surroundings } from '../injection.ts';
import type { Links } from '../links.ts';
import { textOf } from '../references.ts';
import type { AppSettings, ComponentSettings, HealthSettings } from '../settings.ts';

export interface TaskDefinitionProps {
  links: Links;
  settings: AppSettings;
  name: string;
  component: ComponentSettings;
  family: string;
  taskRoleArn: string;
  executionRoleArn: string;
  logGroup: string;
  /** Streams are `<prefix>/<container>/<task id>`; usually the component's name. */
  logPrefix?: string;
  port?: number;
  health?: HealthSettings;
  /** Grace before the container's own health check counts. */
  startSeconds?: number;
}

/** One container on Fargate, by the digest of its image. */
export class TaskDefinition extends Construct {
  /** ARN with revision. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { links, settings, name, component, family, port } = props;
    const { environment, secrets } = surroundings(component, settings);

    const definition = new ecs.CfnTaskDefinition(this, 'TaskDefinition', {
      family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(component.cpu),
      memory: String(component.memoryMiB),
      runtimePlatform: {
        operatingSystemFamily: 'LINUX',
        cpuArchitecture: component.architecture === 'arm64' ? 'ARM64' : 'X86_64',
      },
      taskRoleArn: props.taskRoleArn,
      executionRoleArn: props.executionRoleArn,
      containerDefinitions: [
        {
          name: component.container,
          image: links.image(name),
          essential: true,
          ...(component.command ? { command: component.command.map((word) => links.text(word)) } : {}),
          environment: sorted(environment).map(([key, text]) => ({ name: key, value: textOf(links, settings, text) })),
          secrets: sorted(secrets).map(([key, from]) => ({
            name: key,
            valueFrom: `${secretOf(links, settings, from)}:${from.key}::`,
          })),
          ...(port === undefined ? {} : { portMappings: [{ containerPort: port, protocol: 'tcp' }] }),
          ...containerCheck(props),
          // A process of its own reaps what an exec session leaves behind.
          linuxParameters: { initProcessEnabled: true },
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': props.logGroup,
              'awslogs-region': settings.region,
              'awslogs-stream-prefix': props.logPrefix ?? name,
            },
          },
        },
      ],
    });
    // CloudFormation deregisters a replaced revision otherwise, and nothing is left to go back to (F-61).
    definition.cfnOptions.updateReplacePolicy = core.CfnDeletionPolicy.RETAIN;
    this.arn = definition.ref;
  }
}

const sorted = <T>(entries: Record<string, T>): [string, T][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

function containerCheck({ links, health, startSeconds = 0 }: TaskDefinitionProps) {
  if (!health?.command) return {};
  return {
    healthCheck: {
      command: ['CMD-SHELL', links.text(health.command)],
      interval: health.intervalSeconds,
      timeout: health.timeoutSeconds,
      retries: 3,
      // ECS allows at most five minutes.
      startPeriod: Math.min(startSeconds, 300),
    },
  };
}
