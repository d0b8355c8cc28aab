import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../kernel/scope.ts';
import { type Deployment, type StackRow, stackNames, stacks } from './state.ts';

export const NO_DEPLOYMENT: Deployment = {
  template: '',
  parameters: [],
  tags: [],
  capabilities: [],
  notificationArns: [],
  noEcho: [],
};

/** A stack's row under a name that is free. */
export function putStack(
  call: Call,
  id: string,
  name: string,
  more: Partial<StackRow> & { status: StackStatus },
): StackRow {
  stackNames.in(call).put(name, id);
  return stacks.in(call).put(id, {
    id,
    name,
    createdAt: call.world.clock.stamp(),
    deployment: NO_DEPLOYMENT,
    outputs: [],
    imports: [],
    disableRollback: false,
    terminationProtection: false,
    endpoint: call.endpoint,
    principal: call.principal,
    ...more,
  });
}
