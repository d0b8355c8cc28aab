import type { World } from './kernel/world.ts';
import { type Behaviour, setBehaviour } from './services/ecs/runtime/behaviours.ts';

const PARTS: Readonly<Record<keyof Behaviour, (value: unknown) => boolean>> = {
  exit: (value) => isObject(value) && typeof value.afterMs === 'number' && (value.code === null || isWhole(value.code)),
  logs: (value) => Array.isArray(value) && value.every((line) => typeof line === 'string'),
  http: (value) => isObject(value) && isObject(value.answer),
  health: (value) => value === 'HEALTHY' || value === 'UNHEALTHY',
};

/**
 * What simulated containers do from now on, told over the control channel: a failing migration, a service that falls
 * over. `behaviour: null` takes it back. Answers why a request makes no sense; undefined when it was done.
 */
export async function behave(world: World, body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const { account, region, key, behaviour } = body;
  if (typeof account !== 'string' || typeof region !== 'string' || typeof key !== 'string' || key === '')
    return 'account, region and key are texts';
  if (behaviour !== null && !isObject(behaviour)) return 'behaviour is an object, or null';
  const wrong = Object.entries(behaviour ?? {}).find(([name, value]) => !PARTS[name as keyof Behaviour]?.(value));
  if (wrong) return `behaviour.${wrong[0]} is none that a container can have`;
  const scope = { world, account, region };
  await world.transaction(() => setBehaviour(scope, key, behaviour ?? undefined));
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: unknown): boolean => Number.isInteger(value);
