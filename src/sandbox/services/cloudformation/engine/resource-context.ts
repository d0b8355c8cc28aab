import type { ResourceContext } from '../../../kernel/resource-provider.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { StackRow } from '../state.ts';
import { generateName } from './names.ts';
import { stackCall } from './stack-call.ts';

export function resourceContext(scope: Scope, stack: StackRow, logicalId: string): ResourceContext {
  return {
    call: stackCall(scope, stack),
    stackName: stack.name,
    stackId: stack.id,
    logicalId,
    tags: [
      ...stack.deployment.tags,
      { Key: 'aws:cloudformation:stack-name', Value: stack.name },
      { Key: 'aws:cloudformation:stack-id', Value: stack.id },
      { Key: 'aws:cloudformation:logical-id', Value: logicalId },
    ],
    generateName: (options) => generateName(stack.name, logicalId, options),
  };
}
