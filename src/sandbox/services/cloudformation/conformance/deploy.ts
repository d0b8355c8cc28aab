import type { Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import type { StackScene } from '../stack-scene.ts';
import { plain } from './notation.ts';

export const ALL_CAPABILITIES = ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as const;

/** Deploys through a change set, as the recordings did; answers with the stack. Parameters by name. */
export async function deploy(
  scene: StackScene,
  template: object,
  { parameters = {}, update = false }: { parameters?: Record<string, string>; update?: boolean } = {},
): Promise<Stack> {
  const id = await scene.changeSet(template, {
    ChangeSetType: update ? 'UPDATE' : 'CREATE',
    Capabilities: [...ALL_CAPABILITIES],
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  });
  await scene.execute(id);
  return scene.stack();
}

/** By key. */
export const outputsOf = ({ Outputs = [] }: Stack): Record<string, string> =>
  Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));

/** Newest first. */
export async function eventsOf({ client }: StackScene, StackName = 'shop'): Promise<StackEvent[]> {
  return (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents ?? [];
}

/** `STATUS physical id`, with what is random under one name. */
export const statusLine = ({ ResourceStatus, PhysicalResourceId, StackId }: StackEvent): string =>
  plain(`${ResourceStatus} ${PhysicalResourceId}`, { stackId: StackId!, stackName: 'shop' });
