import type { Route53 as Client, HostedZone } from '@aws-sdk/client-route-53';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** A CNAME record, both sides as absolute names. */
export interface Cname {
  name: string;
  value: string;
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
    const absolute = name.endsWith('.') ? name : `${name}.`;
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
    await call('route53:ChangeResourceRecordSets', async () =>
      (await this.#route53()).changeResourceRecordSets({
        HostedZoneId: zoneId,
        ChangeBatch: {
          Changes: [
            {
              Action: 'UPSERT',
              ResourceRecordSet: { Name: name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: value }] },
            },
          ],
        },
      }),
    );
  }
}
