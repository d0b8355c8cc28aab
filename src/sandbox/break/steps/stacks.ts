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
  const template = JSON.parse(TemplateBody) as { Resources: Record<string, Resource> };
  const { StackResources } = await ask<Listed>('cloudformation:DescribeStackResources', { StackName: stack });
  const id = StackResources.find(({ PhysicalResourceId }) => PhysicalResourceId === physicalId)?.LogicalResourceId;
  const resource = id === undefined ? undefined : template.Resources[id];
  if (!resource) throw new AwsFault('StepInvalid', `Stack ${stack} has no ${physicalId}`);
  resource.Properties = { ...resource.Properties, ...set };
  await update({ ask }, stack, { TemplateBody: JSON.stringify(template) });
  return `${id} of ${stack} is changed by hand: ${Object.keys(set).join(', ')}`;
}

/** With the parameters that it has. */
async function update({ ask }: Pick<Bench, 'ask'>, stack: string, change: object): Promise<void> {
  const { Stacks } = await ask<{ Stacks: [{ Parameters?: { ParameterKey: string }[] }] }>(
    'cloudformation:DescribeStacks',
    { StackName: stack },
  );
  await ask('cloudformation:UpdateStack', {
    StackName: stack,
    ...change,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: (Stacks[0].Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
  });
}

export async function exportOutput({ stack, output, as }: StepInput<'export-output'>, { ask }: Bench): Promise<string> {
  const { TemplateBody } = await ask<{ TemplateBody: string }>('cloudformation:GetTemplate', { StackName: stack });
  const template = JSON.parse(TemplateBody) as { Outputs?: Record<string, { Export?: { Name: string } }> };
  const exported = template.Outputs?.[output];
  if (!exported) throw new AwsFault('StepInvalid', `Stack ${stack} has no output ${output}`);
  exported.Export = { Name: as };
  await update({ ask }, stack, { TemplateBody: JSON.stringify(template) });
  return `output ${output} of ${stack} is exported as ${as} by hand`;
}

/** The machine's own clock holds virtual time to its pace, so that a person, and a command, find it under way. */
export async function stackUnderWay({ stack, seconds }: StepInput<'stack-under-way'>, bench: Bench): Promise<string> {
  await update(bench, stack, { UsePreviousTemplate: true, Tags: [{ Key: 'changed-by', Value: 'somebody-else' }] });
  const letGo = bench.world.hold();
  setTimeout(letGo, seconds * 1000).unref();
  return `somebody changes ${stack}, which is under way for ${seconds} seconds or less`;
}
