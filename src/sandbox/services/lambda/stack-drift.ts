import { DescribeStackResourceDriftsCommand, DetectStackDriftCommand } from '@aws-sdk/client-cloudformation';
import type { StackScene } from '../cloudformation/stack-scene.ts';

/** What differs between a stack's template and what is there: `Id/Properties/Path expected actual`. */
export async function detectDrift({ client }: StackScene): Promise<string[]> {
  await client.send(new DetectStackDriftCommand({ StackName: 'shop' }));
  const { StackResourceDrifts } = await client.send(new DescribeStackResourceDriftsCommand({ StackName: 'shop' }));
  return StackResourceDrifts!.flatMap(({ LogicalResourceId, PropertyDifferences = [] }) =>
    PropertyDifferences.map(
      ({ PropertyPath, ExpectedValue, ActualValue }) =>
        `${LogicalResourceId}${PropertyPath} ${ExpectedValue} ${ActualValue}`,
    ),
  );
}
