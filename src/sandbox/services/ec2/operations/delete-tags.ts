import type { DeleteTagsRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missingParameter } from '../faults.ts';
import { taggableType } from '../taggable.ts';
import { setTags, tagsOf } from '../tagging.ts';

/** A tag named with a value goes only if it has that value; without tags, all of the user's own go. */
export const deleteTags: Operation<DeleteTagsRequest, Record<never, never>> = (input, call) => {
  if (!input.Resources?.length) throw missingParameter('resourceIdSet');
  for (const id of input.Resources) {
    const type = taggableType(call, id);
    const doomed = (key: string | undefined, value: string | undefined) =>
      input.Tags?.length
        ? input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value))
        : !key?.startsWith('aws:');
    setTags(
      call,
      id,
      type,
      tagsOf(call, id).filter(({ Key, Value }) => !doomed(Key, Value)),
    );
  }
  return {};
};
