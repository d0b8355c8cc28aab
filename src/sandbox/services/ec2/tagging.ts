import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { tags } from './state.ts';

const LIMIT = 50;

/** Tags of a resource as answers show them; empty when it has none. */
export const tagsOf = (scope: Scope, id: string): Tag[] => [...(tags.in(scope).get(id)?.tags ?? [])];

/** Sets tags of a resource, keeping those under other keys. Keys of AWS's own are allowed here: CloudFormation sets them. */
export function putTags(scope: Scope, id: string, type: string, added: readonly Tag[]): void {
  const merged = new Map(tagsOf(scope, id).map((tag) => [tag.Key, tag]));
  for (const { Key, Value } of added) merged.set(Key!, { Key: Key!, Value: Value ?? '' });
  if ([...merged.keys()].filter((key) => !key!.startsWith('aws:')).length > LIMIT) {
    throw new AwsFault('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }
  if (merged.size > 0) tags.in(scope).put(id, { type, tags: [...merged.values()] });
}

/** Replaces the tags of a resource. */
export function setTags(scope: Scope, id: string, type: string, wanted: readonly Tag[]): void {
  dropTags(scope, id);
  putTags(scope, id, type, wanted);
}

export const dropTags = (scope: Scope, id: string): boolean => tags.in(scope).delete(id);

/** Tags that a request asks for a resource of this type. */
export function requestedTags(specifications: readonly TagSpecification[] | undefined, type: string): Tag[] {
  return (specifications ?? []).flatMap((specification) => {
    if (specification.ResourceType !== undefined && !VOLATILE.has(specification.ResourceType)) {
      if (specification.ResourceType !== type) {
        throw new AwsFault(
          'InvalidParameterValue',
          `'${specification.ResourceType}' is not a valid taggable resource type for this operation.`,
        );
      }
      return validTags(specification.Tags ?? []);
    }
    return [];
  });
}

/** Types that RunInstances also tags and that are not kept here. */
const VOLATILE = new Set(['volume', 'spot-instances-request', 'elastic-gpu']);

/** The tags, when a client may set them. */
export function validTags(wanted: readonly Tag[]): Tag[] {
  const keys = wanted.map(({ Key }) => Key ?? '');
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new AwsFault('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use");
  }
  if (keys.some((key) => key === '')) throw new AwsFault('InvalidParameterValue', 'Tag key cannot be empty.');
  if (keys.some((key) => key.length > 127)) {
    throw new AwsFault('InvalidParameterValue', 'Tag key exceeds the maximum length of 127 characters');
  }
  if (wanted.some(({ Value }) => (Value ?? '').length > 255)) {
    throw new AwsFault('InvalidParameterValue', 'Tag value exceeds the maximum length of 255 characters');
  }
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw new AwsFault('InvalidParameterValue', `Duplicate tag key '${twice}' specified.`);
  }
  return wanted.map(({ Key, Value }) => ({ Key: Key!, Value: Value ?? '' }));
}
