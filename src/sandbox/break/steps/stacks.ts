import { AwsFault } from '../../kernel/fault.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

interface Listed {
  StackResources: { LogicalResourceId: string; PhysicalResourceId?: string }[];
}

/** By CloudFormation alone, as a person at the console would; what comes of it is CloudFormation's. */
export async function changeStack(
  { stack, resource: physicalId, set }: StepInput<'change-stack'>,
  { ask }: Bench,
): Promise<string> {
  const { TemplateBody } = await ask<{ TemplateBody: string }>('cloudformation:GetTemplate', { StackName: stack });
  const { Stacks } = await ask<{ Stacks: [{ Parameters?: { ParameterKey: string }[] }] }>(
    'cloudformation:DescribeStacks',
    { StackName: stack },
  );
  const template = JSON.parse(TemplateBody) as { Resources: Record<string, Resource> };
  const { StackResources } = await ask<Listed>('cloudformation:DescribeStackResources', { StackName: stack });
  const id = StackResources.find(({ PhysicalResourceId }) => PhysicalResourceId === physicalId)?.LogicalResourceId;
  const resource = id === undefined ? undefined : template.Resources[id];
  if (!resource) throw new AwsFault('StepInvalid', `Stack ${stack} has no ${physicalId}`);
  resource.Properties = { ...resource.Properties, ...set };
  await ask('cloudformation:UpdateStack', {
    StackName: stack,
    TemplateBody: JSON.stringify(template),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: (Stacks[0].Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
  });
  return `${id} of ${stack} is changed by hand: ${Object.keys(set).join(', ')}`;
}
