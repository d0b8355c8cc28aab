import type { World } from '../../../kernel/world.ts';

/** What CloudFormation sends to the function or topic behind a custom resource. */
export interface CustomResourceEvent {
  RequestType: 'Create' | 'Delete' | 'Update';
  ServiceToken: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  ResourceType: string;
  ResourceProperties: Record<string, unknown>;
  OldResourceProperties?: Record<string, unknown>;
  PhysicalResourceId?: string;
}

export type CustomResourceInvoker = (event: CustomResourceEvent) => Promise<void> | void;

const invokers = new WeakMap<World, Map<string, CustomResourceInvoker>>();

/** Says who stands behind a service token. The sandbox itself has neither functions nor topics that could. */
export function standBehind(world: World, serviceToken: string, invoker: CustomResourceInvoker): void {
  const known = invokers.get(world) ?? new Map<string, CustomResourceInvoker>();
  invokers.set(world, known.set(serviceToken, invoker));
}

export const invokerOf = (world: World, serviceToken: string): CustomResourceInvoker | undefined =>
  invokers.get(world)?.get(serviceToken);
