import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { IN_SYNC, inSync } from './changes.ts';
import {
  changeTagsForResource,
  createHostedZone,
  deleteHostedZone,
  getChange,
  getHostedZone,
  getHostedZoneCount,
  listHostedZones,
  listHostedZonesByName,
  listHostedZonesByVPC,
  listTagsForResource,
} from './operations/hosted-zones.ts';
import { changeResourceRecordSets, listResourceRecordSets } from './operations/record-sets.ts';
import { hostedZone } from './resources/hosted-zone.ts';
import { recordSet } from './resources/record-set.ts';

export const route53: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-route-53'),
  client: 'Route53Client',
  operations: {
    ChangeResourceRecordSets: changeResourceRecordSets,
    ChangeTagsForResource: changeTagsForResource,
    CreateHostedZone: createHostedZone,
    DeleteHostedZone: deleteHostedZone,
    GetChange: getChange,
    GetHostedZone: getHostedZone,
    GetHostedZoneCount: getHostedZoneCount,
    ListHostedZones: listHostedZones,
    ListHostedZonesByName: listHostedZonesByName,
    ListHostedZonesByVPC: listHostedZonesByVPC,
    ListResourceRecordSets: listResourceRecordSets,
    ListTagsForResource: listTagsForResource,
  },
  timers: { [IN_SYNC]: inSync },
  resources: { 'AWS::Route53::HostedZone': hostedZone, 'AWS::Route53::RecordSet': recordSet },
};
