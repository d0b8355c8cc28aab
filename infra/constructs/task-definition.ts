import { Construct } from 'constructs';
import { core, ecs } from '../aws-cdk.ts';
import { surroundings } from '../injection.ts';
import type { Links } from '../links.ts';
import type { CollectorSettings, SidecarSettings } from '../service-extras.ts';
import type { AppSettings, ComponentSettings, HealthSettings } from '../settings.ts';
import { awaited, sidecarContainers, variables } from './sidecars.ts';
import { COLLECTOR_CPU, collectorContainer, traced } from './trace-collector.ts';

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
  sidecars?: Readonly<Record<string, SidecarSettings>>;
  /** Absent: nobody takes its traces anywhere. */
  collector?: CollectorSettings | undefined;
}

/** One container on Fargate, by the digest of its image; those beside it come after it. */
export class TaskDefinition extends Construct {
  /** ARN with revision. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { links, settings, name, component, family, port, collector } = props;
    const given = surroundings(component, settings);
    const { environment, secrets } = collector ? traced(given, settings, name) : given;
    const logConfiguration = {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': props.logGroup,
        'awslogs-region': settings.region,
        'awslogs-stream-prefix': props.logPrefix ?? name,
      },
    };

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
          ...(collector ? { cpu: component.cpu - COLLECTOR_CPU } : {}),
          ...(component.command ? { command: component.command.map((word) => links.text(word)) } : {}),
          ...variables(links, settings, { environment, secrets }),
          ...(port === undefined ? {} : { portMappings: [{ containerPort: port, protocol: 'tcp' }] }),
          ...containerCheck(props),
          // A process of its own reaps what an exec session leaves behind.
          linuxParameters: { initProcessEnabled: true },
          ...awaited(props.sidecars),
          logConfiguration,
        },
        ...sidecarContainers(props.sidecars, { links, settings, logConfiguration }),
        ...(collector ? [collectorContainer(collector, settings.region, logConfiguration)] : []),
      ],
    });
    // CloudFormation deregisters a replaced revision otherwise, and nothing is left to go back to (F-61).
    definition.cfnOptions.updateReplacePolicy = core.CfnDeletionPolicy.RETAIN;
    this.arn = definition.ref;
  }
}

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
