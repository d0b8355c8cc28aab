import type { GetTemplateCommandInput, GetTemplateCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { templateText } from '../engine/names.ts';
import { invalid, noStackWithId } from '../faults.ts';
import { changeSetOr } from '../find-change-set.ts';
import { stackOr } from '../find-stack.ts';

export const getTemplate: Operation<GetTemplateCommandInput, Answer<GetTemplateCommandOutput>> = (input, call) => {
  const digest = meantTemplate(input, call);
  return {
    TemplateBody: digest === '' ? '' : templateText(call, digest),
    StagesAvailable: ['Original', 'Processed'],
  };
};

function meantTemplate({ StackName, ChangeSetName }: GetTemplateCommandInput, call: Call): string {
  if (ChangeSetName !== undefined) {
    if (StackName === undefined && !ChangeSetName.startsWith('arn:'))
      throw invalid('StackName is a required parameter.');
    return changeSetOr(call, { ChangeSetName, ...(StackName === undefined ? {} : { StackName }) }).deployment.template;
  }
  if (StackName === undefined) throw invalid('StackName is required if ChangeSetName is not specified.');
  return stackOr(call, StackName, noStackWithId).deployment.template;
}
