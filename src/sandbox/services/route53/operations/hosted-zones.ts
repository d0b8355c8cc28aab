import { randomInt } from 'node:crypto';
import type {
  ChangeTagsForResourceCommandInput,
  CreateHostedZoneCommandInput,
  DeleteHostedZoneCommandInput,
  GetChangeCommandInput,
  GetHostedZoneCommandInput,
  HostedZone,
  ListHostedZonesByNameCommandInput,
  ListHostedZonesByVPCCommandInput,
  ListHostedZonesCommandInput,
  ListTagsForResourceCommandInput,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { ensureDefaultVpc } from '../../ec2/default-vpc.ts';
import { vpcs } from '../../ec2/state.ts';
import { page } from '../../page.ts';
import { changeInfo, startChange } from '../changes.ts';
import { findZone, recordsOf } from '../find-zone.ts';
import { idOf, normalName, sortKey } from '../names.ts';
import { recordKey } from '../record-key.ts';
import { changes, records, type ZoneRow, zones } from '../state.ts';

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const ZONES = 500;

export function createHostedZone(input: CreateHostedZoneCommandInput, call: Call) {
  const name = normalName(input.Name ?? '');
  if (!/^([a-z0-9_\\-]{1,63}\.)+$/.test(name) || name.length > 255)
    throw new AwsFault('InvalidDomainName', `The domain name is invalid: ${input.Name ?? ''}`);
  const table = zones.in(call);
  if (table.values().some(({ callerReference }) => callerReference === input.CallerReference))
    throw new AwsFault(
      'HostedZoneAlreadyExists',
      'A hosted zone has already been created with the specified caller reference.',
      { status: 409 },
    );
  if (table.size >= ZONES)
    throw new AwsFault(
      'TooManyHostedZones',
      `Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.`,
    );
  const vpc = input.VPC && checkedVpc(input.VPC, call);

  const id = `Z${Array.from({ length: 20 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[randomInt(36)]).join('')}`;
  const nameServers = vpc ? [] : fourNameServers();
  const row = table.put(id, {
    id,
    name,
    callerReference: input.CallerReference ?? '',
    isPrivate: vpc !== undefined,
    vpcs: vpc ? [vpc] : [],
    nameServers,
    created: call.world.clock.stamp(),
    tags: [],
    ...(input.HostedZoneConfig?.Comment !== undefined && { comment: input.HostedZoneConfig.Comment }),
  });
  const primary = nameServers[0] ?? 'ns-1536.awsdns-00.co.uk';
  put(
    id,
    {
      Name: name,
      Type: 'NS',
      TTL: 172_800,
      ResourceRecords: (vpc ? [primary] : nameServers).map((each) => ({ Value: `${each}.` })),
    },
    call,
  );
  put(
    id,
    {
      Name: name,
      Type: 'SOA',
      TTL: 900,
      ResourceRecords: [{ Value: `${primary}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
    },
    call,
  );
  return {
    HostedZone: answer(row, call),
    ChangeInfo: startChange(call),
    ...(vpc ? { VPC: vpc } : { DelegationSet: { NameServers: nameServers } }),
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
  };
}

const put = (zone: string, set: ResourceRecordSet, call: Call) =>
  void records.in(call).put(recordKey(zone, set), { zone, set });

function checkedVpc(
  { VPCId = '', VPCRegion }: { VPCId?: string | undefined; VPCRegion?: string | undefined },
  call: Call,
) {
  const region = VPCRegion ?? call.region;
  ensureDefaultVpc({ ...call, region });
  if (!vpcs.in({ ...call, region }).has(VPCId)) throw new AwsFault('InvalidVPCId', 'The VPC ID is invalid.');
  return { VPCId, VPCRegion: region };
}

const fourNameServers = (): string[] =>
  ['com', 'net', 'org', 'co.uk'].map(
    (end) => `ns-${randomInt(2048)}.awsdns-${String(randomInt(64)).padStart(2, '0')}.${end}`,
  );

const answer = (row: ZoneRow, call: Call): HostedZone => ({
  Id: `/hostedzone/${row.id}`,
  Name: row.name,
  CallerReference: row.callerReference,
  Config: { ...(row.comment !== undefined && { Comment: row.comment }), PrivateZone: row.isPrivate },
  ResourceRecordSetCount: recordsOf(row.id, call).length,
});

export function getHostedZone({ Id }: GetHostedZoneCommandInput, call: Call) {
  const row = findZone(Id, call);
  return {
    HostedZone: answer(row, call),
    ...(row.isPrivate
      ? { VPCs: row.vpcs.map((vpc) => ({ ...vpc })) }
      : { DelegationSet: { NameServers: [...row.nameServers] } }),
  };
}

export function listHostedZones({ Marker, MaxItems = 100 }: ListHostedZonesCommandInput, call: Call) {
  const { items, next } = page(zones.in(call).values(), {
    size: MaxItems,
    token: Marker,
    refuse: () => {
      throw new AwsFault('InvalidInput', 'Invalid marker');
    },
  });
  return {
    HostedZones: items.map((row) => answer(row, call)),
    ...(Marker !== undefined && { Marker }),
    IsTruncated: next !== undefined,
    ...(next !== undefined && { NextMarker: next }),
    MaxItems,
  };
}

export function listHostedZonesByName(input: ListHostedZonesByNameCommandInput, call: Call) {
  const { DNSName, MaxItems = 100 } = input;
  const from = DNSName === undefined ? '' : sortKey(normalName(DNSName));
  const sorted = zones
    .in(call)
    .values()
    .sort((a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1));
  const rows = sorted.filter(({ name }) => sortKey(name) >= from);
  const next = rows[MaxItems];
  return {
    HostedZones: rows.slice(0, MaxItems).map((row) => answer(row, call)),
    ...(DNSName !== undefined && { DNSName }),
    IsTruncated: next !== undefined,
    ...(next && { NextDNSName: next.name, NextHostedZoneId: next.id }),
    MaxItems,
  };
}

export function listHostedZonesByVPC(input: ListHostedZonesByVPCCommandInput, call: Call) {
  const { VPCId, VPCRegion, MaxItems = 100 } = input;
  if (!VPCId || !VPCRegion) throw new AwsFault('InvalidInput', 'A VPC and its region must be named.');
  const summaries = zones
    .in(call)
    .values()
    .filter((row) => row.vpcs.some((vpc) => vpc.VPCId === VPCId))
    .map(({ id, name }) => ({ HostedZoneId: id, Name: name, Owner: { OwningAccount: call.account } }));
  return { HostedZoneSummaries: summaries, MaxItems };
}

export const getHostedZoneCount = (_input: unknown, call: Call) => ({ HostedZoneCount: zones.in(call).size });

export function deleteHostedZone({ Id }: DeleteHostedZoneCommandInput, call: Call) {
  const row = findZone(Id, call);
  const sets = recordsOf(row.id, call);
  if (sets.some(({ Name, Type }) => Name !== row.name || (Type !== 'NS' && Type !== 'SOA')))
    throw new AwsFault(
      'HostedZoneNotEmpty',
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  for (const set of sets) records.in(call).delete(recordKey(row.id, set));
  zones.in(call).delete(row.id);
  return { ChangeInfo: startChange(call) };
}

export function getChange({ Id }: GetChangeCommandInput, call: Call) {
  const row = changes.in(call).get(idOf(Id ?? ''));
  if (!row) throw new AwsFault('NoSuchChange', `Could not find resource with ID: ${idOf(Id ?? '')}`, { status: 404 });
  return { ChangeInfo: changeInfo(row) };
}

export function listTagsForResource({ ResourceType, ResourceId }: ListTagsForResourceCommandInput, call: Call) {
  const { tags } = findZone(ResourceId, call);
  return { ResourceTagSet: { ResourceType, ResourceId, Tags: tags.map((tag) => ({ ...tag })) } };
}

export function changeTagsForResource(input: ChangeTagsForResourceCommandInput, call: Call): Record<string, never> {
  zones.in(call).update(findZone(input.ResourceId, call).id, (draft) => {
    const merged = new Map(draft.tags.map(({ Key, Value }) => [Key, Value]));
    for (const key of input.RemoveTagKeys ?? []) merged.delete(key);
    for (const { Key = '', Value = '' } of input.AddTags ?? []) merged.set(Key, Value);
    draft.tags = [...merged].map(([Key, Value]) => ({ Key, Value }));
  });
  return {};
}
