import type {
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { changedAttributes, shownAttributes, TARGET_GROUP_ATTRIBUTES } from '../attributes.ts';
import { required } from '../faults.ts';
import { targetGroupOf } from '../lookups.ts';
import { targetGroups } from '../state.ts';

export const modifyTargetGroupAttributes: Operation<
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput
> = (input, call) => {
  const { TargetGroupArn, attributes } = targetGroupOf(call, input.TargetGroupArn);
  const changes = required(input.Attributes, 'attributes');
  const after = changedAttributes(attributes, changes, TARGET_GROUP_ATTRIBUTES, 'Target group');
  targetGroups.in(call).update(TargetGroupArn, (draft) => {
    draft.attributes = after;
  });
  return { Attributes: shownAttributes(after) };
};
