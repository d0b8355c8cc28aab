import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { defineTable } from '../../kernel/scope.ts';

export interface ZoneRow {
  id: string;
  /** With its last dot. */
  name: string;
  callerReference: string;
  comment?: string;
  isPrivate: boolean;
  vpcs: { VPCId: string; VPCRegion: string }[];
  nameServers: string[];
  created: number;
  tags: { Key: string; Value: string }[];
}

/** Route 53 is one for a whole account. */
export const zones = defineTable<ZoneRow>('route53.zones', 'account');
/** By `<zone> <name> <type> <set identifier>`. */
export const records = defineTable<{ zone: string; set: ResourceRecordSet }>('route53.records', 'account');
export const changes = defineTable<{ id: string; status: 'PENDING' | 'INSYNC'; submitted: number }>(
  'route53.changes',
  'account',
);
