import type { GetTemplateSummaryCommandInput, GetTemplateSummaryCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { templateText } from '../engine/names.ts';
import { invalid, noStackWithId } from '../faults.ts';
import { stackOr } from '../find-stack.ts';
import type { ResourceSchema } from '../schema/resource-schema.ts';
import { schemasFor } from '../schema/schema-source.ts';
import { requiredCapabilities } from '../template/capabilities.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { shownDeclarations } from './shown-declarations.ts';
import { templateSource } from './template-source.ts';

export const getTemplateSummary: Operation<
  GetTemplateSummaryCommandInput,
  Answer<GetTemplateSummaryCommandOutput>
> = async (input, call) => {
  const template = parseTemplate(await meantText(input, call));
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const { capabilities, reason } = requiredCapabilities(Object.entries(template.Resources));
  return {
    Parameters: shownDeclarations(template, { constraints: true }),
    ...(template.Description === undefined ? {} : { Description: template.Description }),
    ...(capabilities.length > 0 ? { Capabilities: capabilities } : {}),
    ...(reason === undefined ? {} : { CapabilitiesReason: reason }),
    ResourceTypes: [...new Set(types)],
    Version: template.AWSTemplateFormatVersion ?? '2010-09-09',
    ...(template.Metadata === undefined ? {} : { Metadata: JSON.stringify(template.Metadata) }),
    ResourceIdentifierSummaries: identifiers(template, await schemasFor(types)),
  };
};

async function meantText(input: GetTemplateSummaryCommandInput, call: Call): Promise<string> {
  if (input.StackName === undefined) return templateSource(input, call);
  const stack = stackOr(call, input.StackName, noStackWithId);
  if (stack.status === 'REVIEW_IN_PROGRESS')
    throw invalid('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
  return templateText(call, stack.deployment.template);
}

function identifiers({ Resources }: Template, schemas: ReadonlyMap<string, ResourceSchema | undefined>) {
  const byType = Map.groupBy(Object.entries(Resources), ([, { Type }]) => Type);
  return [...byType].map(([type, resources]) => {
    const schema = schemas.get(type);
    return {
      ResourceType: type,
      LogicalResourceIds: resources.map(([id]) => id),
      ...(schema ? { ResourceIdentifiers: schema.identifier } : {}),
    };
  });
}
