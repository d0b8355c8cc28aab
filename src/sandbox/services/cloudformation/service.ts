import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { createStack } from './operations/create-stack.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStack } from './operations/delete-stack.ts';
import { describeChangeSet } from './operations/describe-change-set.ts';
import { describeStackEvents } from './operations/describe-stack-events.ts';
import {
  describeStackResource,
  describeStackResources,
  listStackResources,
} from './operations/describe-stack-resources.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { listChangeSets } from './operations/list-change-sets.ts';
import { updateStack } from './operations/update-stack.ts';
import { TIMERS } from './timers.ts';

export const cloudformation: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-cloudformation'),
  client: 'CloudFormationClient',
  operations: {
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeChangeSet: describeChangeSet,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    ExecuteChangeSet: executeChangeSet,
    ListChangeSets: listChangeSets,
    ListStackResources: listStackResources,
    UpdateStack: updateStack,
  },
  timers: TIMERS,
};
