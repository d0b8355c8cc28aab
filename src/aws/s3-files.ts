import type { S3 as Client } from '@aws-sdk/client-s3';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export interface WebFile {
  key: string;
  body: Uint8Array;
  contentType: string;
  cacheControl: string;
}

/** Files in a bucket as browsers are to get them. */
export class S3Files {
  readonly #s3: () => Promise<Client>;
  readonly #owner: { ExpectedBucketOwner: string };

  constructor(connection: Connection) {
    this.#owner = { ExpectedBucketOwner: connection.account };
    this.#s3 = once(async () => connect((await import('@aws-sdk/client-s3')).S3, connection));
  }

  async put(bucket: string, { key, body, contentType, cacheControl }: WebFile): Promise<void> {
    await call('s3:PutObject', async () =>
      (await this.#s3()).putObject({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: cacheControl,
        ...this.#owner,
      }),
    );
  }

  /** Takes the content of another object of the account, and none of what else it says of itself. */
  async copy(
    from: { bucket: string; key: string },
    bucket: string,
    { key, contentType, cacheControl }: Omit<WebFile, 'body'>,
  ): Promise<void> {
    await call('s3:PutObject', async () =>
      (await this.#s3()).copyObject({
        Bucket: bucket,
        Key: key,
        CopySource: `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`,
        MetadataDirective: 'REPLACE',
        ContentType: contentType,
        CacheControl: cacheControl,
        ...this.#owner,
        ExpectedSourceBucketOwner: this.#owner.ExpectedBucketOwner,
      }),
    );
  }

  /** Also where there is no bucket. */
  async isEmpty(bucket: string): Promise<boolean> {
    const page = await find('s3:ListBucket', ['NoSuchBucket'], async () =>
      (await this.#s3()).listObjectsV2({ Bucket: bucket, MaxKeys: 1, ...this.#owner }),
    );
    return (page?.Contents ?? []).length === 0;
  }

  /** ETag without quotes by key; empty when there is no bucket. */
  async etags(bucket: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let token: string | undefined;
    do {
      const page = await find('s3:ListBucket', ['NoSuchBucket'], async () =>
        (await this.#s3()).listObjectsV2({ Bucket: bucket, ContinuationToken: token, ...this.#owner }),
      );
      for (const { Key, ETag = '' } of page?.Contents ?? []) found.set(Key!, ETag.replaceAll('"', ''));
      token = page?.NextContinuationToken;
    } while (token !== undefined);
    return found;
  }
}
