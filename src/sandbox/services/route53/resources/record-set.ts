import type { ChangeAction, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { normalName } from '../names.ts';
import { changeResourceRecordSets } from '../operations/record-sets.ts';
import { recordKey } from '../record-key.ts';
import { records, zones } from '../state.ts';

type Call = ResourceContext['call'];

/** By id, or by the name of a zone, which must be the only one. */
function zoneOf({ HostedZoneId, HostedZoneName }: Properties, call: Call): string {
  if (HostedZoneId !== undefined) return HostedZoneId;
  const found = zones
    .in(call)
    .values()
    .filter(({ name }) => name === normalName(HostedZoneName ?? ''));
  if (found.length !== 1)
    throw new AwsFault('NoSuchHostedZone', `${found.length} hosted zones found with name: ${HostedZoneName}`, {
      status: 404,
    });
  return found[0]!.id;
}

const setOf = (properties: Properties): ResourceRecordSet => ({
  Name: normalName(properties.Name),
  Type: properties.Type,
  ...(properties.SetIdentifier !== undefined && { SetIdentifier: properties.SetIdentifier }),
  ...(properties.TTL !== undefined && { TTL: Number(properties.TTL) }),
  ...(properties.Weight !== undefined && { Weight: Number(properties.Weight) }),
  ...(properties.Region !== undefined && { Region: properties.Region }),
  ...(properties.Failover !== undefined && { Failover: properties.Failover }),
  ...(properties.ResourceRecords && {
    ResourceRecords: properties.ResourceRecords.map((Value: string) => ({ Value })),
  }),
  ...(properties.AliasTarget && {
    AliasTarget: {
      ...properties.AliasTarget,
      EvaluateTargetHealth: String(properties.AliasTarget.EvaluateTargetHealth) === 'true',
    },
  }),
});

function change(Action: ChangeAction, properties: Properties, call: Call): void {
  changeResourceRecordSets(
    {
      HostedZoneId: zoneOf(properties, call),
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet: setOf(properties) }] },
    },
    call,
  );
}

export const recordSet: ResourceProvider = {
  create(properties, { call }) {
    change('CREATE', properties, call);
    return { status: 'done', physicalId: properties.Name };
  },
  update({ after, physicalId }, { call }) {
    change('UPSERT', after, call);
    return { status: 'done', physicalId };
  },
  delete(properties, physicalId, { call }) {
    const set = records.in(call).get(recordKey(zoneOf(properties, call), setOf(properties)))?.set;
    if (set)
      changeResourceRecordSets(
        {
          HostedZoneId: zoneOf(properties, call),
          ChangeBatch: { Changes: [{ Action: 'DELETE', ResourceRecordSet: structuredClone(set) }] },
        },
        call,
      );
    return { status: 'done', physicalId };
  },
  read(_physicalId, properties, { call }) {
    return records.in(call).has(recordKey(zoneOf(properties, call), setOf(properties))) ? { ...properties } : undefined;
  },
};
