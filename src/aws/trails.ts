import type { CloudTrail, Trail } from '@aws-sdk/client-cloudtrail';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Trails {
  readonly #cloudTrail: () => Promise<CloudTrail>;

  constructor(connection: Connection) {
    this.#cloudTrail = once(async () => connect((await import('@aws-sdk/client-cloudtrail')).CloudTrail, connection));
  }

  /** Those that cover this region, wherever their home is. */
  async covering(): Promise<Trail[]> {
    const { trailList } = await call('cloudtrail:DescribeTrails', async () =>
      (await this.#cloudTrail()).describeTrails({ includeShadowTrails: true }),
    );
    return trailList ?? [];
  }

  /** Whether a trail, by its ARN, records now. */
  async isLogging(arn: string): Promise<boolean> {
    const { IsLogging } = await call('cloudtrail:GetTrailStatus', async () =>
      (await this.#cloudTrail()).getTrailStatus({ Name: arn }),
    );
    return IsLogging ?? false;
  }
}
