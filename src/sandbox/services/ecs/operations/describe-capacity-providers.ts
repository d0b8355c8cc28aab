import type {
  DescribeCapacityProvidersCommandInput,
  DescribeCapacityProvidersCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { capacityProvidersOf } from '../capacity-providers.ts';
import { listPage } from '../list-page.ts';
import { lastPart } from '../names.ts';

export const describeCapacityProviders: Operation<
  DescribeCapacityProvidersCommandInput,
  Answer<DescribeCapacityProvidersCommandOutput>
> = ({ capacityProviders, maxResults, nextToken }, call) => {
  const names = capacityProviders?.map(lastPart);
  const found = capacityProvidersOf(call, names);
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  const failures = (names ?? [])
    .filter((name) => !found.some((provider) => provider.name === name))
    .map((name) => ({
      arn: `arn:aws:ecs:${call.region}:${call.account}:capacity-provider/${name}`,
      reason: 'MISSING',
    }));
  return { capacityProviders: items, failures, ...rest };
};
