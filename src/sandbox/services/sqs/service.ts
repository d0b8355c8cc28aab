import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createQueue } from './operations/create-queue.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './operations/move-tasks.ts';
import {
  addPermission,
  getQueueAttributes,
  removePermission,
  setQueueAttributes,
} from './operations/queue-attributes.ts';
import {
  COOLDOWN_OVER,
  deleteQueue,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  listQueueTags,
  purgeQueue,
  tagQueue,
  untagQueue,
} from './operations/queues.ts';
import { receiveMessage, WAIT_OVER } from './operations/receive-message.ts';
import { sendMessage, sendMessageBatch } from './operations/send-message.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './operations/settle-message.ts';
import { queue } from './resources/queue.ts';
import { queuePolicy } from './resources/queue-policy.ts';
import { DELAY_OVER } from './send.ts';

/** These only make virtual time pass: what they wait for is looked up by the clock. */
const nothing = () => undefined;

export const sqs: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-sqs'),
  client: 'SQSClient',
  operations: {
    AddPermission: addPermission,
    CancelMessageMoveTask: cancelMessageMoveTask,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    CreateQueue: createQueue,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    DeleteQueue: deleteQueue,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    ListMessageMoveTasks: listMessageMoveTasks,
    ListQueues: listQueues,
    ListQueueTags: listQueueTags,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    RemovePermission: removePermission,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    SetQueueAttributes: setQueueAttributes,
    StartMessageMoveTask: startMessageMoveTask,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
  },
  timers: { [COOLDOWN_OVER]: nothing, [DELAY_OVER]: nothing, [WAIT_OVER]: nothing },
  resources: { 'AWS::SQS::Queue': queue, 'AWS::SQS::QueuePolicy': queuePolicy },
};
