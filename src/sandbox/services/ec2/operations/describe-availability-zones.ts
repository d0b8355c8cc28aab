import type { DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { REGION_NAMES, type Zone, zonesOf } from '../availability-zones.ts';
import { type Fields, matchesAll } from '../select.ts';

export const describeAvailabilityZones: Operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult> = (
  input,
  call,
) => {
  const { region } = call;
  const zones = zonesOf(region);
  const unknown = [
    ...(input.ZoneNames ?? []).filter((name) => !zones.some((zone) => zone.name === name)),
    ...(input.ZoneIds ?? []).filter((id) => !zones.some((zone) => zone.id === id)),
  ];
  if (unknown.length > 0) {
    throw new AwsFault('InvalidParameterValue', `Invalid availability zone: [${unknown[0]}]`);
  }
  const fields: Fields<Zone> = {
    'group-name': () => `${region}-zg-1`,
    'group-long-name': () => `${REGION_NAMES[region] ?? region} 1`,
    message: () => undefined,
    'opt-in-status': () => 'opt-in-not-required',
    'parent-zone-id': () => undefined,
    'parent-zone-name': () => undefined,
    'region-name': () => region,
    state: () => 'available',
    'zone-id': ({ id }) => id,
    'zone-name': ({ name }) => name,
    'zone-type': () => 'availability-zone',
  };
  return {
    AvailabilityZones: zones
      .filter(({ name }) => !input.ZoneNames?.length || input.ZoneNames.includes(name))
      .filter(({ id }) => !input.ZoneIds?.length || input.ZoneIds.includes(id))
      .filter((zone) => matchesAll(input.Filters, zone, fields, () => []))
      .map(({ name, id }) => ({
        State: 'available',
        OptInStatus: 'opt-in-not-required',
        Messages: [],
        RegionName: region,
        ZoneName: name,
        ZoneId: id,
        GroupName: `${region}-zg-1`,
        GroupLongName: `${REGION_NAMES[region] ?? region} 1`,
        NetworkBorderGroup: region,
        ZoneType: 'availability-zone',
      })),
  };
};
