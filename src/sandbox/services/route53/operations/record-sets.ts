import type {
  ChangeResourceRecordSetsCommandInput,
  ListResourceRecordSetsCommandInput,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { validateCertificates } from '../../acm/validation.ts';
import { startChange } from '../changes.ts';
import { findZone, recordsOf } from '../find-zone.ts';
import { normalName, sortKey } from '../names.ts';
import { recordKey } from '../record-key.ts';
import { records, type ZoneRow } from '../state.ts';

/** All changes or none; ACM looks whether a validation record has come. */
export function changeResourceRecordSets(input: ChangeResourceRecordSetsCommandInput, call: Call) {
  const zone = findZone(input.HostedZoneId, call);
  const complaints = (input.ChangeBatch?.Changes ?? []).flatMap(
    ({ Action, ResourceRecordSet: given }) =>
      apply(zone, Action ?? '', { ...given!, Name: normalName(given?.Name ?? '') }, call) ?? [],
  );
  if (complaints.length > 0)
    throw new AwsFault('InvalidChangeBatch', `[${complaints.join(', ')}]`, { fields: { messages: complaints } });
  validateCertificates(call);
  return { ChangeInfo: startChange(call) };
}

/** What is wrong with a change, or undefined when it was made. */
function apply(zone: ZoneRow, action: string, set: ResourceRecordSet, call: Call): string | undefined {
  const label = `[name='${set.Name}', type='${set.Type}'${set.SetIdentifier ? `, set-identifier='${set.SetIdentifier}'` : ''}]`;
  if (set.Name !== zone.name && !set.Name!.endsWith(`.${zone.name}`))
    return `RRSet with DNS name ${set.Name} is not permitted in zone ${zone.name}`;
  if (!set.AliasTarget && (set.TTL === undefined || !set.ResourceRecords?.length))
    return `Invalid Resource Record Set ${label}: it needs an alias target, or a TTL and values`;
  const table = records.in(call);
  const key = recordKey(zone.id, set);
  const before = table.get(key)?.set;
  if (action === 'DELETE') {
    if (!before) return `Tried to delete resource record set ${label} but it was not found`;
    if (valuesOf(before) !== valuesOf(set))
      return `Tried to delete resource record set ${label} but the values provided do not match the current values`;
    if (set.Name === zone.name && (set.Type === 'NS' || set.Type === 'SOA'))
      return `A HostedZone must contain at least one ${set.Type} record for the zone itself.`;
    table.delete(key);
    return undefined;
  }
  if (action === 'CREATE' && before) return `Tried to create resource record set ${label} but it already exists`;
  const others = recordsOf(zone.id, call).filter((other) => other.Name === set.Name && other.Type !== set.Type);
  if (others.length > 0 && (set.Type === 'CNAME' || others.some(({ Type }) => Type === 'CNAME')))
    return `RRSet of type ${set.Type} with DNS name ${set.Name} is not permitted because a conflicting RRSet of type ${others[0]!.Type} with the same DNS name already exists in zone ${zone.name}`;
  table.put(key, { zone: zone.id, set: JSON.parse(JSON.stringify(set)) });
  return undefined;
}

const valuesOf = ({ TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): string =>
  JSON.stringify([TTL, ResourceRecords.map(({ Value }) => Value).sort(), AliasTarget?.DNSName?.toLowerCase()]);

export function listResourceRecordSets(input: ListResourceRecordSetsCommandInput, call: Call) {
  const { id } = findZone(input.HostedZoneId, call);
  const { MaxItems = 300, StartRecordName, StartRecordType = '' } = input;
  const order = ({ Name = '', Type }: ResourceRecordSet) => `${sortKey(Name)}\u0000${Type}`;
  const from = StartRecordName === undefined ? '' : `${sortKey(normalName(StartRecordName))}\u0000${StartRecordType}`;
  const sets = recordsOf(id, call)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .filter((set) => order(set) >= from);
  const next = sets[MaxItems];
  return {
    ResourceRecordSets: sets.slice(0, MaxItems).map((set) => structuredClone(set)),
    IsTruncated: next !== undefined,
    ...(next && { NextRecordName: next.Name, NextRecordType: next.Type }),
    MaxItems,
  };
}
