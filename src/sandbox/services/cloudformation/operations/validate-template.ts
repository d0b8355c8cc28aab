import type { ValidateTemplateCommandInput, ValidateTemplateCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { requiredCapabilities } from '../template/capabilities.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { shownDeclarations } from './shown-declarations.ts';
import { templateSource } from './template-source.ts';

export const validateTemplate: Operation<ValidateTemplateCommandInput, Answer<ValidateTemplateCommandOutput>> = async (
  input,
  call,
) => {
  const template = parseTemplate(await templateSource(input, call));
  const { capabilities, reason } = requiredCapabilities(Object.entries(template.Resources));
  const transforms = [template.Transform ?? []].flat().filter((name) => typeof name === 'string');
  return {
    Parameters: shownDeclarations(template, { constraints: false }),
    ...(template.Description === undefined ? {} : { Description: template.Description }),
    ...(capabilities.length > 0 ? { Capabilities: capabilities } : {}),
    ...(reason === undefined ? {} : { CapabilitiesReason: reason }),
    ...(transforms.length > 0 ? { DeclaredTransforms: transforms } : {}),
  };
};
