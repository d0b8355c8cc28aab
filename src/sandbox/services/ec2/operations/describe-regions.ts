import type { DescribeRegionsRequest, DescribeRegionsResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { ALWAYS_ON, REGION_NAMES } from '../availability-zones.ts';
import { matchesAll } from '../select.ts';

export const describeRegions: Operation<DescribeRegionsRequest, DescribeRegionsResult> = (input) => {
  const unknown = input.RegionNames?.find((name) => !REGION_NAMES[name]);
  if (unknown !== undefined) {
    throw new AwsFault('InvalidParameterValue', `Invalid Region ${unknown}`);
  }
  const optIn = (name: string) => (ALWAYS_ON.has(name) ? 'opt-in-not-required' : 'not-opted-in');
  return {
    Regions: Object.keys(REGION_NAMES)
      .filter((name) => input.AllRegions || ALWAYS_ON.has(name) || input.RegionNames?.includes(name))
      .filter((name) => !input.RegionNames?.length || input.RegionNames.includes(name))
      .filter((name) =>
        matchesAll(
          input.Filters,
          name,
          {
            endpoint: (region) => `ec2.${region}.amazonaws.com`,
            'opt-in-status': optIn,
            'region-name': (region) => region,
          },
          () => [],
        ),
      )
      .map((name) => ({ RegionName: name, Endpoint: `ec2.${name}.amazonaws.com`, OptInStatus: optIn(name) })),
  };
};
