import type { ServiceDefinition, TimerHandler } from '../kernel/service-definition.ts';
import { loadModel, type ServiceModel } from '../protocol/service-model.ts';
import { SERVICES } from './registry.ts';

export interface LoadedService {
  readonly definition: ServiceDefinition;
  readonly model: ServiceModel;
}

const loaded = new Map<string, Promise<LoadedService>>();

/** A service and its schemas, loaded once per process; undefined when the sandbox has no such service. */
export function loadService(signingName: string): Promise<LoadedService> | undefined {
  const known = loaded.get(signingName);
  if (known) return known;
  const load = Object.hasOwn(SERVICES, signingName) ? SERVICES[signingName] : undefined;
  if (!load) return undefined;
  const service = load().then(async (definition) => ({ definition, model: await loadModel(definition) }));
  loaded.set(signingName, service);
  return service;
}

/** Finds what runs for a timer. Its kind begins with a service, as a rule the one it is registered under. */
export async function timerHandler(kind: string): Promise<TimerHandler> {
  const first = kind.slice(0, kind.indexOf('.'));
  for (const name of [first, ...Object.keys(SERVICES)]) {
    const handler = Object.hasOwn(SERVICES, name) ? (await SERVICES[name]!()).timers?.[kind] : undefined;
    if (handler) return handler;
  }
  throw new Error(`no service has the timer ${kind}`);
}
