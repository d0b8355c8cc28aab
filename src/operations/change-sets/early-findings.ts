import type { DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { humanName } from '../../../infra/describe-resource.ts';
import type { Aws } from '../../aws/aws.ts';
import type { SynthesizedStack } from '../../cdk/cdk.ts';
import type { Problem } from '../../errors/problem.ts';

const DOCUMENTATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html';

/**
 * What CloudFormation found wrong with a change set before anybody could execute it: properties that do not fit, names
 * that are taken. Each with its resource and path; none when it failed for another reason.
 */
export async function earlyFindings(
  cloudFormation: Aws['cloudFormation'],
  { ChangeSetId, StackId }: DescribeChangeSetCommandOutput,
  { id, constructs, template }: SynthesizedStack,
): Promise<Problem[]> {
  const events = await cloudFormation.validationErrors(ChangeSetId!);
  return events.map(
    ({ LogicalResourceId: logicalId = '', ValidationName, ValidationPath, ValidationStatusReason }): Problem => {
      const property = ValidationPath?.split('/').slice(4).join('.');
      return {
        rule: ValidationName ?? 'EARLY_VALIDATION',
        source: 'cloudformation',
        severity: 'error',
        path: `${id}/${constructs[logicalId] ?? logicalId}${property ? `.${property}` : ''}`,
        message: `${humanName(template, logicalId)}: ${ValidationStatusReason ?? 'CloudFormation refuses it'}`,
        remedy:
          ValidationName === 'NAME_CONFLICT_VALIDATION'
            ? 'deploy offers to take it over where that is possible; else give it another name'
            : 'correct the property; platform validate looks for the same without AWS',
        documentation: DOCUMENTATION,
        evidence: [
          { call: 'cloudformation:DescribeEvents', read: 'ValidationPath', value: ValidationPath ?? StackId ?? '' },
        ],
      };
    },
  );
}
