import type {
  ListTagsForResourceCommandInput,
  ListTagsLogGroupCommandInput,
  TagLogGroupCommandInput,
  TagResourceCommandInput,
  UntagLogGroupCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { logGroup, nameOfArn } from '../lookup.ts';
import { invalidParameter } from '../refusals.ts';
import { logGroups } from '../state.ts';

/** At most 50 tags; keys that begin with `aws:` are AWS's own. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const keys = Object.keys(tags);
  if (keys.length > 50) throw new AwsFault('TooManyTagsException', 'The resource has reached the limit of 50 tags.');
  if (keys.some((key) => key.startsWith('aws:')))
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
}

function addTags(group: string, tags: Record<string, string> = {}, call: Call): Record<string, never> {
  const row = logGroup(group, call);
  const merged = { ...row.tags, ...tags };
  checkTags(merged);
  logGroups.in(call).update(row.name, (draft) => {
    draft.tags = merged;
  });
  return {};
}

function removeTags(group: string, keys: readonly string[] = [], call: Call): Record<string, never> {
  logGroups.in(call).update(logGroup(group, call).name, (draft) => {
    for (const key of keys) delete draft.tags[key];
  });
  return {};
}

export const tagResource = ({ resourceArn = '', tags }: TagResourceCommandInput, call: Call) =>
  addTags(nameOfArn(resourceArn), tags, call);

export const untagResource = ({ resourceArn = '', tagKeys }: UntagResourceCommandInput, call: Call) =>
  removeTags(nameOfArn(resourceArn), tagKeys, call);

export const listTagsForResource = ({ resourceArn = '' }: ListTagsForResourceCommandInput, call: Call) => ({
  tags: { ...logGroup(nameOfArn(resourceArn), call).tags },
});

export const tagLogGroup = ({ logGroupName = '', tags }: TagLogGroupCommandInput, call: Call) =>
  addTags(logGroupName, tags, call);

export const untagLogGroup = ({ logGroupName = '', tags }: UntagLogGroupCommandInput, call: Call) =>
  removeTags(logGroupName, tags, call);

export const listTagsLogGroup = ({ logGroupName }: ListTagsLogGroupCommandInput, call: Call) => ({
  tags: { ...logGroup(logGroupName, call).tags },
});
