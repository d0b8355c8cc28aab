import { randomUUID } from 'node:crypto';
import type { Call, Scope } from '../../kernel/scope.ts';
import { SERVICES } from '../registry.ts';

/** ECS's own service-linked role, in whose name the scheduler asks other services. */
const schedulerOf = (scope: Scope): Call => ({
  world: scope.world,
  account: scope.account,
  region: scope.region,
  requestId: randomUUID(),
  endpoint: 'http://127.0.0.1',
  principal: `arn:aws:iam::${scope.account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
});

/**
 * Calls an operation of another service as a client would, within this transaction. Undefined when this sandbox has
 * no such service or operation; throws that service's own faults.
 */
export async function ask<Output>(
  scope: Scope,
  service: string,
  operation: string,
  input: unknown,
): Promise<Output | undefined> {
  const definition = await SERVICES[service]?.();
  return definition?.operations[operation]?.(input, schedulerOf(scope)) as Output | undefined;
}
