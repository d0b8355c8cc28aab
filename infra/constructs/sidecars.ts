import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { secretOf } from '../grants.ts';
import type { Surroundings } from '../injection.ts';
import type { Links } from '../links.ts';
import { textOf } from '../references.ts';
import type { SidecarSettings } from '../service-extras.ts';
import type { AppSettings } from '../settings.ts';

type Container = CfnTaskDefinition.ContainerDefinitionProperty;

/** The containers beside a service's own: they share its task's network, so each reaches the others at 127.0.0.1. */
export function sidecarContainers(
  sidecars: Readonly<Record<string, SidecarSettings>> = {},
  {
    links,
    settings,
    logConfiguration,
  }: { links: Links; settings: AppSettings; logConfiguration: NonNullable<Container['logConfiguration']> },
): Container[] {
  return Object.entries(sidecars).map(([name, sidecar]) => ({
    name,
    image: sidecar.image,
    essential: sidecar.essential,
    ...(sidecar.command ? { command: sidecar.command.map((word) => links.text(word)) } : {}),
    ...variables(links, settings, sidecar),
    ...(sidecar.port === undefined ? {} : { portMappings: [{ containerPort: sidecar.port, protocol: 'tcp' }] }),
    ...(sidecar.memoryMiB === undefined ? {} : { memory: sidecar.memoryMiB }),
    ...(sidecar.healthCommand === undefined
      ? {}
      : {
          healthCheck: {
            command: ['CMD-SHELL', links.text(sidecar.healthCommand)],
            interval: 10,
            timeout: 5,
            retries: 3,
            startPeriod: 60,
          },
        }),
    logConfiguration,
  }));
}

/** What is checked from inside must be up before the service's container starts. */
export function awaited(sidecars: Readonly<Record<string, SidecarSettings>> = {}): Pick<Container, 'dependsOn'> {
  const dependsOn = Object.entries(sidecars)
    .filter(([, { healthCommand }]) => healthCommand !== undefined)
    .map(([containerName]) => ({ containerName, condition: 'HEALTHY' }));
  return dependsOn.length > 0 ? { dependsOn } : {};
}

/** Variables of a container, in the order of their names, so that the same ones are the same template. */
export function variables(
  links: Links,
  settings: AppSettings,
  { environment, secrets }: Readonly<Surroundings> | Pick<SidecarSettings, 'environment' | 'secrets'>,
): Pick<Container, 'environment' | 'secrets'> {
  return {
    environment: sorted(environment).map(([key, text]) => ({ name: key, value: textOf(links, settings, text) })),
    secrets: sorted(secrets).map(([key, from]) => ({
      name: key,
      valueFrom: `${secretOf(links, settings, from)}:${from.key}::`,
    })),
  };
}

const sorted = <T>(entries: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
