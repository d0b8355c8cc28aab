import type { Change, Route53 as Client, HostedZone, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** A CNAME record, both sides as absolute names. */
export interface Cname {
  name: string;
  value: string;
}

/** Where an alias record leads: a host of AWS and the zone that AWS keeps it in. */
export interface AliasTarget {
  host: string;
  hostedZoneId: string;
  ipv6: boolean;
}

export class Route53 {
  readonly #route53: () => Promise<Client>;

  constructor(connection: Connection) {
    this.#route53 = once(async () => connect((await import('@aws-sdk/client-route-53')).Route53, connection));
  }

  /** The public zone of this account that a name belongs to: the one with the longest matching name. */
  async zoneOf(name: string): Promise<HostedZone | undefined> {
    const zones: HostedZone[] = [];
    let Marker: string | undefined;
    do {
      const page = await call('route53:ListHostedZones', async () =>
        (await this.#route53()).listHostedZones({ Marker }),
      );
      zones.push(...(page.HostedZones ?? []));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    const absolute = absoluteName(name);
    return zones
      .filter((zone) => !zone.Config?.PrivateZone && (absolute === zone.Name || absolute.endsWith(`.${zone.Name}`)))
      .sort((a, b) => b.Name!.length - a.Name!.length)[0];
  }

  /** Answers with the zone's id. */
  async createZone(name: string, token: string): Promise<string> {
    const { HostedZone: zone } = await call('route53:CreateHostedZone', async () =>
      (await this.#route53()).createHostedZone({ Name: name, CallerReference: token }),
    );
    return zone!.Id!;
  }

  /** Writes the record, over one of the same name. */
  async putCname(zoneId: string, { name, value }: Cname): Promise<void> {
    const set: ResourceRecordSet = { Name: name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: value }] };
    await this.#change(zoneId, [{ Action: 'UPSERT', ResourceRecordSet: set }]);
  }

  /** Every record of exactly this name. */
  async recordsOf(zoneId: string, name: string): Promise<ResourceRecordSet[]> {
    const { ResourceRecordSets = [] } = await call('route53:ListResourceRecordSets', async () =>
      (await this.#route53()).listResourceRecordSets({ HostedZoneId: zoneId, StartRecordName: name, MaxItems: 50 }),
    );
    return ResourceRecordSets.filter(({ Name }) => Name === absoluteName(name));
  }

  /** Writes alias records, and takes away in the same change what stands in their place. */
  async putAlias(
    zoneId: string,
    name: string,
    { target, instead }: { target: AliasTarget; instead: readonly ResourceRecordSet[] },
  ): Promise<void> {
    const types = target.ipv6 ? (['A', 'AAAA'] as const) : (['A'] as const);
    const gone = instead.filter(({ Type }) => !types.some((type) => type === Type));
    await this.#change(zoneId, [
      ...gone.map((set): Change => ({ Action: 'DELETE', ResourceRecordSet: set })),
      ...types.map(
        (Type): Change => ({ Action: 'UPSERT', ResourceRecordSet: { Name: name, Type, AliasTarget: aliasOf(target) } }),
      ),
    ]);
  }

  async deleteRecords(zoneId: string, sets: readonly ResourceRecordSet[]): Promise<void> {
    await this.#change(
      zoneId,
      sets.map((set) => ({ Action: 'DELETE', ResourceRecordSet: set })),
    );
  }

  async #change(zoneId: string, Changes: Change[]): Promise<void> {
    await call('route53:ChangeResourceRecordSets', async () =>
      (await this.#route53()).changeResourceRecordSets({ HostedZoneId: zoneId, ChangeBatch: { Changes } }),
    );
  }
}

const absoluteName = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

const aliasOf = ({ host, hostedZoneId }: AliasTarget) => ({
  DNSName: host,
  HostedZoneId: hostedZoneId,
  // What stands behind it is watched by the load balancer and by CloudFront.
  EvaluateTargetHealth: false,
});
