import type { CloudFront as Client, ConflictingAlias, Distribution, Invalidation } from '@aws-sdk/client-cloudfront';
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

  /** Every distribution of the account, with the names that it answers to and the certificate that it shows. */
  async distributions(): Promise<{ id: string; aliases: string[]; certificateArn: string | undefined }[]> {
    const client = await this.#cloudFront();
    const found: { id: string; aliases: string[]; certificateArn: string | undefined }[] = [];
    let Marker: string | undefined;
    do {
      const { DistributionList: page } = await call('cloudfront:ListDistributions', () =>
        client.listDistributions({ Marker }),
      );
      for (const { Id, Aliases, ViewerCertificate } of page?.Items ?? [])
        found.push({ id: Id!, aliases: Aliases?.Items ?? [], certificateArn: ViewerCertificate?.ACMCertificateArn });
      Marker = page?.IsTruncated ? page.NextMarker : undefined;
    } while (Marker !== undefined);
    return found;
  }

  /**
   * Who else in the world has a name, or one that overlaps with it: CloudFront hides the first part of ids and accounts of
   * others. It answers only through a distribution of our own whose certificate covers the name; undefined with any other.
   */
  async conflictingAliases(id: string, alias: string): Promise<ConflictingAlias[] | undefined> {
    const answer = await find(
      'cloudfront:ListConflictingAliases',
      ['InvalidArgument', 'NoSuchDistribution'],
      async () =>
        (await this.#cloudFront()).listConflictingAliases({ DistributionId: id, Alias: alias, MaxItems: 100 }),
    );
    return answer && (answer.ConflictingAliasesList?.Items ?? []);
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
