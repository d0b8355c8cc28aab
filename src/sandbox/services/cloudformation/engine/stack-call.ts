import { randomUUID } from 'node:crypto';
import type { Call, Scope } from '../../../kernel/scope.ts';
import type { StackRow } from '../state.ts';

/** The call with which CloudFormation acts for a stack: its role when it has one, else who asked for the stack. */
export function stackCall(scope: Scope, stack: StackRow): Call {
  return {
    world: scope.world,
    account: scope.account,
    region: scope.region,
    requestId: randomUUID(),
    endpoint: stack.endpoint,
    principal: stack.roleArn ?? stack.principal,
  };
}
