import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { shownAttributes } from '../attributes.ts';
import { targetGroupOf } from '../lookups.ts';

export const describeTargetGroupAttributes: Operation<
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput
> = (input, call) => ({ Attributes: shownAttributes(targetGroupOf(call, input.TargetGroupArn).attributes) });
