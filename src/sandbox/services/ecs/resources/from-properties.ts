import type { Tag } from '@aws-sdk/client-ecs';
import type { Properties } from '../../../kernel/resource-provider.ts';

/** Keys below these are the user's own words, not names of properties. */
const MAPS = new Set(['Options', 'DockerLabels', 'Labels', 'DriverOpts', 'ExtraHosts']);
/** Strings in the API although they look like numbers in templates; everything else of digits is a number. */
const TEXTS = new Set(['Value', 'Command', 'EntryPoint', 'Name', 'ValueFrom', 'Image', 'User', 'PlatformVersion']);
const NUMBERS = new Set([
  'Base',
  'BakeTimeInMinutes',
  'CanaryBakeTimeInMinutes',
  'CanaryPercent',
  'ContainerPort',
  'DesiredCount',
  'HardLimit',
  'HealthCheckGracePeriodSeconds',
  'HostPort',
  'Interval',
  'MaximumPercent',
  'MemoryReservation',
  'MinimumHealthyPercent',
  'Retries',
  'SharedMemorySize',
  'SizeInGiB',
  'SoftLimit',
  'StartPeriod',
  'StartTimeout',
  'StepBakeTimeInMinutes',
  'StepPercent',
  'StopTimeout',
  'Timeout',
  'Weight',
]);
const BOOLEANS = new Set([
  'DisableNetworking',
  'Enable',
  'EnableECSManagedTags',
  'EnableExecuteCommand',
  'Essential',
  'InitProcessEnabled',
  'Interactive',
  'Privileged',
  'PseudoTerminal',
  'ReadOnly',
  'ReadonlyRootFilesystem',
  'Rollback',
  'ResetOnHealthyTask',
]);

/** CloudFormation's properties in the API's own spelling: names begin small, text becomes number or boolean where it must. */
export function fromProperties<T>(properties: Properties): T {
  return spelled(properties) as T;
}

function spelled(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => spelled(item, key));
  if (typeof value === 'object' && value !== null) {
    if (MAPS.has(key)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [small(name), spelled(child, name)]));
  }
  if (typeof value !== 'string' || TEXTS.has(key)) return value;
  if (NUMBERS.has(key)) return Number(value);
  return BOOLEANS.has(key) ? value === 'true' : value;
}

const small = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

/** The resource's own tags and those of its stack, in ECS's spelling; the resource's own win. */
export function ecsTags(
  own: readonly { Key: string; Value: string }[] = [],
  stack: readonly { Key: string; Value: string }[],
): Tag[] {
  const byKey = new Map([...stack, ...own].map(({ Key, Value }) => [Key, { key: Key, value: Value }]));
  return [...byKey.values()];
}
