import type {
  AssociateKmsKeyCommandInput,
  CreateLogGroupCommandInput,
  DeleteLogGroupCommandInput,
  DeleteRetentionPolicyCommandInput,
  DisassociateKmsKeyCommandInput,
  PutLogGroupDeletionProtectionCommandInput,
  PutRetentionPolicyCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { groupNameOf, logGroup, nameOfArn } from '../lookup.ts';
import { invalidParameter, requireValid } from '../refusals.ts';
import {
  eventsOf,
  type LogGroupRow,
  logGroups,
  logStreams,
  metricFilters,
  streamKey,
  streamsOf,
  subscriptionFilters,
} from '../state.ts';
import { checkTags } from './tags.ts';

/** API reference, PutRetentionPolicy. */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const NAME_PATTERN = '[\\.\\-_/#A-Za-z0-9]+';

const change = (name: string | undefined, call: Call, alter: (draft: LogGroupRow) => void): Record<string, never> => {
  logGroups.in(call).update(logGroup(name, call).name, alter);
  return {};
};

export function createLogGroup(input: CreateLogGroupCommandInput, call: Call): Record<string, never> {
  const { logGroupName: name = '', tags = {} } = input;
  // Recording TestLogsGroups::test_create_log_group_invalid_name_length
  if (name.length > 512)
    throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.');
  requireValid(
    ['logGroupName', input.logGroupName, { required: true, length: [1, 512], pattern: NAME_PATTERN }],
    ['logGroupClass', input.logGroupClass, { values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] }],
  );
  checkTags(tags);
  if (input.kmsKeyId !== undefined) requireKeyArn(input.kmsKeyId);
  if (logGroups.in(call).has(name))
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists');

  logGroups.in(call).put(name, {
    name,
    arn: `arn:aws:logs:${call.region}:${call.account}:log-group:${name}`,
    created: call.world.clock.stamp(),
    class: input.logGroupClass ?? 'STANDARD',
    isProtected: input.deletionProtectionEnabled ?? false,
    tags: { ...tags },
    ...(input.kmsKeyId !== undefined && { kmsKeyId: input.kmsKeyId }),
  });
  return {};
}

function requireKeyArn(arn: string): void {
  if (!/^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/.test(arn))
    throw invalidParameter(`The specified KMS Key Id could not be found. Key Id: ${arn}`);
}

export function deleteLogGroup({ logGroupName }: DeleteLogGroupCommandInput, call: Call): Record<string, never> {
  const { name, isProtected } = logGroup(logGroupName, call);
  if (isProtected)
    throw new AwsFault(
      'ValidationException',
      'The specified log group cannot be deleted because deletion protection is enabled.',
    );
  for (const stream of streamsOf(call, name)) {
    const events = eventsOf(call, name, stream.name);
    for (const [id] of events.entries()) events.delete(id);
    logStreams.in(call).delete(streamKey(name, stream.name));
  }
  for (const table of [metricFilters.in(call), subscriptionFilters.in(call)])
    for (const [key, row] of table.entries()) if (row.group === name) table.delete(key);
  logGroups.in(call).delete(name);
  return {};
}

export function putRetentionPolicy(input: PutRetentionPolicyCommandInput, call: Call): Record<string, never> {
  requireValid(['retentionInDays', input.retentionInDays, { required: true, values: RETENTION_DAYS.map(String) }]);
  return change(input.logGroupName, call, (draft) => {
    draft.retentionDays = input.retentionInDays!;
  });
}

export const deleteRetentionPolicy = ({ logGroupName }: DeleteRetentionPolicyCommandInput, call: Call) =>
  change(logGroupName, call, (draft) => {
    delete draft.retentionDays;
  });

export function associateKmsKey(input: AssociateKmsKeyCommandInput, call: Call): Record<string, never> {
  requireKeyArn(input.kmsKeyId ?? '');
  const name = input.logGroupName ?? nameOfArn(input.resourceIdentifier ?? '');
  return change(name, call, (draft) => {
    draft.kmsKeyId = input.kmsKeyId!;
  });
}

export const disassociateKmsKey = (input: DisassociateKmsKeyCommandInput, call: Call) =>
  change(input.logGroupName ?? nameOfArn(input.resourceIdentifier ?? ''), call, (draft) => {
    delete draft.kmsKeyId;
  });

export const putLogGroupDeletionProtection = (input: PutLogGroupDeletionProtectionCommandInput, call: Call) =>
  change(groupNameOf(input), call, (draft) => {
    draft.isProtected = input.deletionProtectionEnabled ?? false;
  });
