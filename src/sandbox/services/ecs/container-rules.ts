import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { refused } from './faults.ts';

interface Surroundings {
  input: RegisterTaskDefinitionCommandInput;
  fargate: boolean;
}

const ECR_IMAGE = /^\d{12}\.dkr[.-]ecr[.-]/;
const IMAGE = /^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,254}$/;

/** Throws what RegisterTaskDefinition answers to one container of a task definition. */
export function containerRules(container: ContainerDefinition, { input, fargate }: Surroundings): void {
  const { name, image } = container;
  if (!name) throw refused('Container.name should not be null or empty.');
  if (name.length > 255 || !/^[a-zA-Z0-9_-]+$/.test(name)) throw refused('Container.name contains invalid characters.');
  if (!image) throw refused('Container.image should not be null or empty.');
  if (!IMAGE.test(image)) throw refused('Container.image contains invalid characters.');

  const { memory, memoryReservation } = container;
  if (input.memory === undefined && memory === undefined && memoryReservation === undefined) {
    throw refused(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
  }
  if (memory !== undefined && memory < 6)
    throw refused(`Invalid setting for container '${name}'. 'memory' must be at least 6 MiB.`);
  ports(container, input);
  secrets(container, input);
  logs(container, fargate);
  healthCheck(container);
  if (container.stopTimeout !== undefined && fargate && (container.stopTimeout < 0 || container.stopTimeout > 120))
    throw refused(`The stopTimeout of container '${name}' must be between 0 and 120 seconds.`);
  if (!fargate) return;
  if (container.privileged) throw refused('Fargate does not support privileged containers.');
  if (input.executionRoleArn) return;
  if (ECR_IMAGE.test(image))
    throw refused('Fargate requires task definition to have execution role ARN to support ECR images.');
  if (container.logConfiguration)
    throw refused(
      `Fargate requires task definition to have execution role ARN to support log driver ${container.logConfiguration.logDriver}.`,
    );
}

function ports({ name, portMappings }: ContainerDefinition, { networkMode }: RegisterTaskDefinitionCommandInput): void {
  for (const { containerPort, hostPort } of portMappings ?? []) {
    for (const port of [containerPort, hostPort]) {
      if (port !== undefined && (port < 0 || port > 65_535))
        throw refused(`Invalid port ${port} in the port mappings of container '${name}'.`);
    }
    if (networkMode === 'awsvpc' && hostPort !== undefined && hostPort !== containerPort)
      throw refused('When networkMode=awsvpc, the host ports and container ports in port mappings must match.');
  }
}

function secrets(container: ContainerDefinition, { executionRoleArn }: RegisterTaskDefinitionCommandInput): void {
  const taken = new Set((container.environment ?? []).map(({ name }) => name));
  for (const { name, valueFrom } of container.secrets ?? []) {
    if (taken.has(name)) {
      throw refused(
        'The secret name must be unique and not shared with any new or existing environment variables set on the ' +
          `container, such as '${name}'.`,
      );
    }
    taken.add(name);
    if (!executionRoleArn)
      throw refused("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
    if (!valueFrom?.startsWith('arn:') && !/^[a-zA-Z0-9_.,/-]{1,2048}$/.test(valueFrom ?? '')) {
      throw refused(
        `The Systems Manager parameter name specified for secret ${name} is invalid. The parameter name can be up to ` +
          '2048 characters and include the following letters and symbols: a-zA-Z0-9_.-,',
      );
    }
  }
}

/** Options that the awslogs driver cannot do without; Fargate wants a stream prefix beside them. */
function logs({ logConfiguration }: ContainerDefinition, fargate: boolean): void {
  if (!logConfiguration) return;
  const { logDriver, options = {} } = logConfiguration;
  if (fargate && !['awslogs', 'splunk', 'awsfirelens'].includes(logDriver ?? ''))
    throw refused(`Log driver ${logDriver} is not supported on Fargate.`);
  if (logDriver !== 'awslogs') return;
  const missing = ['awslogs-group', 'awslogs-region'].filter((option) => !options[option]);
  if (missing.length > 0) throw refused(`Log driver awslogs requires options: ${missing.join(', ')}`);
  if (fargate && !options['awslogs-stream-prefix'])
    throw refused(
      'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.',
    );
}

/** Bounds of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCheck({ name, healthCheck: check }: ContainerDefinition): void {
  if (!check) return;
  if (!check.command || check.command.length === 0)
    throw refused(`The health check of container '${name}' needs a command.`);
  const bounds = { interval: [5, 300], timeout: [2, 120], retries: [1, 10], startPeriod: [0, 300] } as const;
  for (const key of ['interval', 'timeout', 'retries', 'startPeriod'] as const) {
    const value = check[key];
    if (value !== undefined && (value < bounds[key][0] || value > bounds[key][1]))
      throw refused(`The health check ${key} must be between ${bounds[key][0]} and ${bounds[key][1]}.`);
  }
}
