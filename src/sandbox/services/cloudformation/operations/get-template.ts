import type { GetTemplateCommandInput, GetTemplateCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { templateText } from '../engine/names.ts';
import { invalid, noStackWithId } from '../faults.ts';
import { changeSetOr } from '../find-change-set.ts';
import { stackOr } from '../find-stack.ts';
import type { Deployment } from '../state.ts';

export const getTemplate: Operation<GetTemplateCommandInput, Answer<GetTemplateCommandOutput>> = (input, call) => {
  const { template, original } = meantDeployment(input, call);
  const digest = input.TemplateStage === 'Processed' ? template : (original ?? template);
  return {
    TemplateBody: digest === '' ? '' : templateText(call, digest),
    StagesAvailable: ['Original', 'Processed'],
  };
};

function meantDeployment({ StackName, ChangeSetName }: GetTemplateCommandInput, call: Call): Deployment {
  if (ChangeSetName !== undefined) {
    if (StackName === undefined && !ChangeSetName.startsWith('arn:'))
      throw invalid('StackName is a required parameter.');
    return changeSetOr(call, { ChangeSetName, ...(StackName === undefined ? {} : { StackName }) }).deployment;
  }
  if (StackName === undefined) throw invalid('StackName is required if ChangeSetName is not specified.');
  return stackOr(call, StackName, noStackWithId).deployment;
}
