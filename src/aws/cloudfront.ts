import type { CloudFront as Client, Distribution, Invalidation } from '@aws-sdk/client-cloudfront';
import { call, find } from './call.ts';
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

  /** The same reference with the same paths is the same invalidation, so asking twice is safe. Answers with its id. */
  async invalidate(id: string, { paths, reference }: { paths: readonly string[]; reference: string }): Promise<string> {
    const { Invalidation: made } = await call('cloudfront:CreateInvalidation', async () =>
      (await this.#cloudFront()).createInvalidation({
        DistributionId: id,
        InvalidationBatch: {
          CallerReference: reference,
          Paths: { Quantity: paths.length, Items: [...paths] },
        },
      }),
    );
    return made!.Id!;
  }

  async invalidation(distribution: string, id: string): Promise<Invalidation | undefined> {
    const answer = await find('cloudfront:GetInvalidation', ['NoSuchInvalidation', 'NoSuchDistribution'], async () =>
      (await this.#cloudFront()).getInvalidation({ DistributionId: distribution, Id: id }),
    );
    return answer?.Invalidation;
  }
}
