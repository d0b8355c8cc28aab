import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { customResource } from './custom-resource.ts';
import { macro } from './macro.ts';
import { metadata } from './metadata.ts';
import { nestedStack } from './nested-stack.ts';
import { waitCondition, waitConditionHandle } from './wait-condition.ts';

/** Types that belong to CloudFormation itself. */
export const OWN_PROVIDERS: Readonly<Record<string, ResourceProvider>> = {
  'AWS::CDK::Metadata': metadata,
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudFormation::Macro': macro,
  'AWS::CloudFormation::Stack': nestedStack,
  'AWS::CloudFormation::WaitCondition': waitCondition,
  'AWS::CloudFormation::WaitConditionHandle': waitConditionHandle,
};
