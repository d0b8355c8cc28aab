import type { DBSubnetGroup } from '@aws-sdk/client-rds';
import type { SubnetGroupRow } from './state.ts';

export const subnetGroupAnswer = (row: SubnetGroupRow): DBSubnetGroup => ({
  DBSubnetGroupName: row.name,
  DBSubnetGroupDescription: row.description,
  VpcId: row.vpcId,
  SubnetGroupStatus: 'Complete',
  Subnets: row.subnets.map(({ id, zone }) => ({
    SubnetIdentifier: id,
    SubnetAvailabilityZone: { Name: zone },
    SubnetOutpost: {},
    SubnetStatus: 'Active',
  })),
  DBSubnetGroupArn: row.arn,
  SupportedNetworkTypes: ['IPV4'],
});
