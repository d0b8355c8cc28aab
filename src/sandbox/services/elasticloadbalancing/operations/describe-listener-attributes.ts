import type {
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput,
  ModifyListenerAttributesInput,
  ModifyListenerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { changedAttributes, LISTENER_ATTRIBUTES, shownAttributes } from '../attributes.ts';
import { required } from '../faults.ts';
import { listenerOf } from '../lookups.ts';
import { listeners } from '../state.ts';

export const describeListenerAttributes: Operation<
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput
> = (input, call) => ({ Attributes: shownAttributes(listenerOf(call, input.ListenerArn).attributes) });

export const modifyListenerAttributes: Operation<ModifyListenerAttributesInput, ModifyListenerAttributesOutput> = (
  input,
  call,
) => {
  const { ListenerArn, attributes } = listenerOf(call, input.ListenerArn);
  const after = changedAttributes(
    attributes,
    required(input.Attributes, 'attributes'),
    LISTENER_ATTRIBUTES,
    'Listener',
  );
  listeners.in(call).update(ListenerArn, (draft) => {
    draft.attributes = after;
  });
  return { Attributes: shownAttributes(after) };
};
