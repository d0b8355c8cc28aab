import type { ServiceDefinition } from '../kernel/service-definition.ts';

/** Every service of the sandbox, by the name under which clients sign for it. Loaded when first asked. */
export const SERVICES: Readonly<Record<string, () => Promise<ServiceDefinition>>> = {};
