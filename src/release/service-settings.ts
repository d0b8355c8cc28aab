import { fitName } from '../../infra/names.ts';
import type { SidecarSettings } from '../../infra/service-extras.ts';
import type { Text } from '../../infra/setting-values.ts';
import type { HttpSettings, ServiceSettings } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';
import { ALARM_PRESETS } from '../domain/alarm-presets.ts';
import { isTls, listenerPorts } from './listener-ports.ts';
import { secretKeysOf, textOf, usesOf } from './setting-texts.ts';

type Service = Blocks['services'][string];

export interface ComponentInput {
  project: string;
  env: string;
  blocks: Blocks;
}

/** The repository of a service's images: its own unless one is named. */
export const repositoryName = (
  { project, name, blocks }: { project: string; name: string; blocks: Pick<Blocks, 'services'> },
  service: string,
): string => blocks.services[service]?.image.repository ?? fitName(`${project}-${name}-${service}`, 256);

export function serviceSettings({ project, env, blocks }: ComponentInput): Record<string, ServiceSettings> {
  const listeners = listenerPorts(blocks);
  return Object.fromEntries(
    Object.entries(blocks.services).map(([name, service]) => [
      name,
      {
        repository: repositoryName({ project, name: env, blocks }, name),
        container: service.container,
        architecture: service.architecture,
        cpu: service.cpu,
        memoryMiB: service.memory,
        ...(service.command ? { command: service.command } : {}),
        uses: usesOf(service.uses),
        environment: environmentOf(service, blocks),
        secrets: secretKeysOf(service.secrets),
        exec: service.exec,
        ...(service.port === undefined ? {} : { port: service.port }),
        ...(service.http ? { http: httpSettings(name, service.http, listeners, blocks) } : {}),
        ...healthOf(service),
        scaling: scalingOf(service),
        ...(service.spot ? { spot: service.spot } : {}),
        ...shiftOf(service),
        ...rollbackAlarmsOf(service, blocks),
        ...sidecarsOf(service, blocks),
        ...scheduledOf(service),
        deployment: {
          minHealthyPercent: 100,
          maxPercent: 200,
          graceSeconds: service.health?.graceSeconds ?? 120,
          drainSeconds: 30,
        },
      },
    ]),
  );
}

const STRATEGIES = { 'blue-green': 'BLUE_GREEN', canary: 'CANARY', linear: 'LINEAR' } as const;

function shiftOf({ rollout, http }: Service): Pick<ServiceSettings, 'shift'> {
  if (rollout.type === 'rolling' || !http) return {};
  const { type, ...how } = rollout;
  return { shift: { strategy: STRATEGIES[type], ...how } };
}

/** They have to ring while the tasks before still run, so a minute counts here whatever the preset's own period is. */
const MOST_PERIODS = 3;

function rollbackAlarmsOf(
  { http, rollbackOn }: Service,
  { observability: { presets } }: Blocks,
): Pick<ServiceSettings, 'rollbackAlarms'> {
  if (!http) return {};
  const found = [...new Set(rollbackOn)].flatMap((preset) => {
    const own = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
    if (own === false) return [];
    const { threshold = 0, periods } = ALARM_PRESETS[preset]!;
    return [
      {
        preset,
        threshold: own?.threshold ?? threshold,
        periods: Math.min(own?.periods ?? periods, MOST_PERIODS),
      },
    ];
  });
  return found.length > 0 ? { rollbackAlarms: found } : {};
}

function sidecarsOf({ sidecars }: Service, blocks: Blocks): Pick<ServiceSettings, 'sidecars'> {
  const found = Object.entries(sidecars).map(([name, sidecar]): [string, SidecarSettings] => [
    name,
    {
      image: sidecar.image,
      essential: sidecar.essential,
      ...(sidecar.command ? { command: sidecar.command } : {}),
      ...(sidecar.port === undefined ? {} : { port: sidecar.port }),
      ...(sidecar.memory === undefined ? {} : { memoryMiB: sidecar.memory }),
      ...(sidecar.health === undefined ? {} : { healthCommand: sidecar.health }),
      environment: environmentOf(sidecar, blocks),
      secrets: secretKeysOf(sidecar.secrets),
    },
  ]);
  return found.length > 0 ? { sidecars: Object.fromEntries(found) } : {};
}

function scheduledOf({ scheduledTasks }: Service): Pick<ServiceSettings, 'scheduledTasks'> {
  const found = Object.entries(scheduledTasks).map(([name, { rate, command }]) => [
    name,
    { expression: rate, command },
  ]);
  return found.length > 0 ? { scheduledTasks: Object.fromEntries(found) } : {};
}

function environmentOf({ env }: Pick<Service, 'env'>, blocks: Blocks): Record<string, Text> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const text = textOf(value, blocks);
      return text ? [[name, text]] : [];
    }),
  );
}

function httpSettings(
  name: string,
  http: NonNullable<Service['http']>,
  listeners: ReadonlyMap<string, number>,
  { services, shared }: Blocks,
): HttpSettings {
  const { domain, certificate, redirectHttp, rulePriority } = http;
  const first = Object.entries(services).find(([, other]) => other.http && isTls(other.http))?.[0];
  return {
    ...(domain ? { domain } : {}),
    listenerPort: listeners.get(name) ?? 80,
    tls: isTls(http) && {
      ...(certificate === 'auto' ? {} : { certificateArn: certificate }),
      // A provider's listener has the provider's certificate.
      listenerDefault: name === first && shared.mode !== 'consume',
    },
    redirectHttp,
    ...(rulePriority === undefined ? {} : { rulePriority }),
  };
}

function healthOf({ health }: Service): Pick<ServiceSettings, 'health'> {
  if (!health) return {};
  const { path, matcher, intervalSeconds, timeoutSeconds, command } = health;
  return {
    health: {
      ...(path ? { path } : {}),
      matcher,
      intervalSeconds,
      timeoutSeconds,
      ...(command ? { command } : {}),
    },
  };
}

function scalingOf({ scaling, http }: Service): ServiceSettings['scaling'] {
  const { min, max, cpu, memory, requestsPerTarget, schedule } = scaling;
  return {
    min,
    max,
    cpu,
    memory,
    ...(requestsPerTarget === undefined || !http ? {} : { requestsPerTarget }),
    cooldownSeconds: 60,
    schedule,
  };
}
