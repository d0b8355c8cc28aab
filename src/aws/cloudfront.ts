import type { CloudFront as Client, Distribution } from '@aws-sdk/client-cloudfront';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** CloudFront is one for the whole account: every region asks the same. */
export class CloudFront {
  readonly #cloudFront: () => Promise<Client>;

  constructor(connection: Connection) {
    this.#cloudFront = once(async () => connect((await import('@aws-sdk/client-cloudfront')).CloudFront, connection));
  }

  async distribution(id: string): Promise<Distribution | undefined> {
    const answer = await find('cloudfront:GetDistribution', ['NoSuchDistribution'], async () =>
      (await this.#cloudFront()).getDistribution({ Id: id }),
    );
    return answer?.Distribution;
  }
}
