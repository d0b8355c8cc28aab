import type { EC2 } from '@aws-sdk/client-ec2';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** The largest of the clients (170 ms to load): only `deploy` of a first network needs it. */
export class Ec2 {
  readonly #ec2: () => Promise<EC2>;

  constructor(connection: Connection) {
    this.#ec2 = once(async () => connect((await import('@aws-sdk/client-ec2')).EC2, connection));
  }

  /** Names of the region's zones that take new subnets, local zones left out, in AWS's order of names. */
  async availabilityZones(): Promise<string[]> {
    const { AvailabilityZones = [] } = await call('ec2:DescribeAvailabilityZones', async () =>
      (await this.#ec2()).describeAvailabilityZones({
        Filters: [
          { Name: 'state', Values: ['available'] },
          { Name: 'zone-type', Values: ['availability-zone'] },
        ],
      }),
    );
    return AvailabilityZones.map(({ ZoneName }) => ZoneName!).sort();
  }
}
