import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createArchive, deleteArchive, describeArchive, listArchives, updateArchive } from './operations/archives.ts';
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  putPermission,
  removePermission,
  updateEventBus,
} from './operations/buses.ts';
import { putEvents } from './operations/put-events.ts';
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRuleNamesByTarget,
  listRules,
  putRule,
} from './operations/rules.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { listTargetsByRule, putTargets, removeTargets } from './operations/targets.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';
import { archive } from './resources/archive.ts';
import { eventBus, eventBusPolicy } from './resources/event-bus.ts';
import { rule } from './resources/rule.ts';
import { scheduleTimers } from './schedules.ts';

export const events: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-eventbridge'),
  client: 'EventBridgeClient',
  operations: {
    CreateArchive: createArchive,
    DeleteArchive: deleteArchive,
    DescribeArchive: describeArchive,
    ListArchives: listArchives,
    UpdateArchive: updateArchive,
    CreateEventBus: createEventBus,
    DeleteEventBus: deleteEventBus,
    DescribeEventBus: describeEventBus,
    ListEventBuses: listEventBuses,
    PutPermission: putPermission,
    RemovePermission: removePermission,
    UpdateEventBus: updateEventBus,
    PutEvents: putEvents,
    DeleteRule: deleteRule,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    PutRule: putRule,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
    ListTargetsByRule: listTargetsByRule,
    PutTargets: putTargets,
    RemoveTargets: removeTargets,
    TestEventPattern: testEventPattern,
  },
  timers: scheduleTimers,
  resources: {
    'AWS::Events::Archive': archive,
    'AWS::Events::EventBus': eventBus,
    'AWS::Events::EventBusPolicy': eventBusPolicy,
    'AWS::Events::Rule': rule,
  },
};
