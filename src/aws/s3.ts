import type { S3 as Client, ObjectIdentifier } from '@aws-sdk/client-s3';
import { awsCode, call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export interface StoredObject {
  readonly body: string;
  readonly etag: string;
}

/** Another writer was first: the object is not what it was when we looked. */
const LOST_RACE = ['PreconditionFailed', 'ConditionalRequestConflict'];

export class S3 {
  readonly #s3: () => Promise<Client>;
  readonly #account: string;
  readonly #region: string;

  constructor(connection: Connection) {
    this.#account = connection.account;
    this.#region = connection.region;
    this.#s3 = once(async () => connect((await import('@aws-sdk/client-s3')).S3, connection));
  }

  /** `foreign`: it exists, but not in this account. */
  async bucket(name: string): Promise<'exists' | 'foreign' | undefined> {
    const client = await this.#s3();
    const found = await find('s3:ListBucket', ['NotFound', 'NoSuchBucket'], async () => {
      try {
        await client.headBucket({ Bucket: name, ...this.#owner });
        return 'exists' as const;
      } catch (error) {
        // A HEAD has no body, so a refusal is all that tells of somebody else's bucket of that name.
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
        if (status === 403 || status === 301) return 'foreign' as const;
        // Nor does an expired token: the same permission, asked with a body to answer in, says what is wrong.
        if (status === 400) await client.listObjectsV2({ Bucket: name, MaxKeys: 1 });
        throw error;
      }
    });
    return found;
  }

  /**
   * A bucket for our own state: versioned, encrypted, closed to the public, TLS only. Each part is set again on a
   * bucket that we own already, so an interrupted creation is finished by the next one.
   */
  async createPrivateBucket(name: string, tags: Record<string, string> = {}): Promise<void> {
    const client = await this.#s3();
    const Bucket = name;
    await find('s3:CreateBucket', ['BucketAlreadyOwnedByYou'], () =>
      client.createBucket({
        Bucket,
        // us-east-1 is the one region that S3 does not want to hear.
        ...(this.#region === 'us-east-1'
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: this.#region as 'eu-west-1' } }),
      }),
    );
    await call('s3:PutBucketPublicAccessBlock', () =>
      client.putPublicAccessBlock({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    await call('s3:PutEncryptionConfiguration', () =>
      client.putBucketEncryption({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      }),
    );
    await call('s3:PutBucketVersioning', () =>
      client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await call('s3:PutBucketPolicy', () => client.putBucketPolicy({ Bucket, Policy: tlsOnly(name) }));
    if (Object.keys(tags).length === 0) return;
    await call('s3:PutBucketTagging', () =>
      client.putBucketTagging({
        Bucket,
        Tagging: { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
      }),
    );
  }

  async getObject(bucket: string, key: string): Promise<StoredObject | undefined> {
    return find('s3:GetObject', ['NoSuchKey', 'NoSuchBucket'], async () => {
      const { Body, ETag } = await (await this.#s3()).getObject({ Bucket: bucket, Key: key, ...this.#owner });
      return { body: await Body!.transformToString(), etag: ETag! };
    });
  }

  async putObject(bucket: string, key: string, body: string | Uint8Array, contentType?: string): Promise<string> {
    const { ETag } = await call('s3:PutObject', async () =>
      (await this.#s3()).putObject({ Bucket: bucket, Key: key, Body: body, ContentType: contentType, ...this.#owner }),
    );
    return ETag!;
  }

  /** Writes only when there is no such object yet. Answers with the new etag, or undefined when somebody was first. */
  putIfAbsent(bucket: string, key: string, body: string): Promise<string | undefined> {
    return this.#putIf(bucket, key, body, { IfNoneMatch: '*' });
  }

  /** Writes only over what was read. Answers with the new etag, or undefined when it has changed or gone since. */
  async putIfMatch(bucket: string, key: string, body: string, etag: string): Promise<string | undefined> {
    try {
      return await this.#putIf(bucket, key, body, { IfMatch: etag });
    } catch (error) {
      if (awsCode(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async #putIf(bucket: string, key: string, body: string, condition: { IfMatch?: string; IfNoneMatch?: string }) {
    return find('s3:PutObject', LOST_RACE, async () => {
      const { ETag } = await (await this.#s3()).putObject({
        Bucket: bucket,
        Key: key,
        Body: body,
        ...condition,
        ...this.#owner,
      });
      return ETag!;
    });
  }

  /** Keys under a prefix, in the order of their names; empty when there is no bucket. */
  async listPrefix(bucket: string, prefix: string): Promise<string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await find('s3:ListBucket', ['NoSuchBucket'], async () =>
        (await this.#s3()).listObjectsV2({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      keys.push(...(page?.Contents ?? []).map(({ Key }) => Key!));
      token = page?.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }

  /** With `etag`, only when it is still what was read: false when it is not. */
  async deleteObject(bucket: string, key: string, etag?: string): Promise<boolean> {
    const deleted = await find('s3:DeleteObject', [...LOST_RACE, 'NoSuchKey', 'NoSuchBucket'], async () =>
      (await this.#s3()).deleteObject({ Bucket: bucket, Key: key, IfMatch: etag, ...this.#owner }),
    );
    return deleted !== undefined;
  }

  /**
   * Deletes every version, every delete marker and every unfinished upload, page by page; `progress` hears the
   * running count. Answers with the count. A bucket that is gone counts as empty.
   */
  async emptyBucket(bucket: string, progress: (deleted: number) => void = () => {}): Promise<number> {
    const client = await this.#s3();
    let deleted = 0;
    for (;;) {
      // Always the first page: what was on it is gone by the next look.
      const page = await find('s3:ListBucketVersions', ['NoSuchBucket'], () =>
        client.listObjectVersions({ Bucket: bucket, MaxKeys: 1_000 }),
      );
      const objects: ObjectIdentifier[] = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])].map(
        ({ Key, VersionId }) => ({ Key: Key!, VersionId }),
      );
      if (objects.length === 0) break;
      const { Errors = [] } = await call('s3:DeleteObjectVersion', () =>
        client.deleteObjects({ Bucket: bucket, Delete: { Objects: objects, Quiet: true }, ...this.#owner }),
      );
      if (Errors.length > 0) await call('s3:DeleteObjectVersion', () => Promise.reject(deletionError(Errors[0]!)));
      deleted += objects.length;
      progress(deleted);
    }
    for (;;) {
      const page = await find('s3:ListBucketMultipartUploads', ['NoSuchBucket'], () =>
        client.listMultipartUploads({ Bucket: bucket }),
      );
      const uploads = page?.Uploads ?? [];
      if (uploads.length === 0) return deleted;
      for (const { Key, UploadId } of uploads) {
        await find('s3:AbortMultipartUpload', ['NoSuchUpload'], () =>
          client.abortMultipartUpload({ Bucket: bucket, Key, UploadId }),
        );
      }
    }
  }

  /**
   * How many versions and delete markers a bucket holds, how many bytes, and how many uploads that nobody has finished;
   * undefined when there is no such bucket.
   */
  async contents(bucket: string): Promise<{ versions: number; bytes: number; uploads: number } | undefined> {
    const client = await this.#s3();
    const total = { versions: 0, bytes: 0, uploads: 0 };
    let markers: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (markers) {
      const page = await find('s3:ListBucketVersions', ['NoSuchBucket'], () =>
        client.listObjectVersions({ Bucket: bucket, ...markers }),
      );
      if (!page) return undefined;
      total.versions += (page.Versions?.length ?? 0) + (page.DeleteMarkers?.length ?? 0);
      for (const { Size = 0 } of page.Versions ?? []) total.bytes += Size;
      markers = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    total.uploads = await this.uploads(bucket);
    return total;
  }

  /** Uploads in parts that nobody has finished: they cost, and no list of objects shows them. */
  async uploads(bucket: string): Promise<number> {
    const client = await this.#s3();
    let count = 0;
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
    while (markers) {
      const page = await find('s3:ListBucketMultipartUploads', ['NoSuchBucket'], () =>
        client.listMultipartUploads({ Bucket: bucket, ...markers }),
      );
      count += page?.Uploads?.length ?? 0;
      markers = page?.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : undefined;
    }
    return count;
  }

  /** ARN or id of the KMS key that new objects are encrypted with, or its algorithm; undefined: nothing is set. */
  async encryption(bucket: string): Promise<string | undefined> {
    const client = await this.#s3();
    const absent = ['ServerSideEncryptionConfigurationNotFoundError', 'NoSuchBucket'];
    const answer = await find('s3:GetEncryptionConfiguration', absent, () =>
      client.getBucketEncryption({ Bucket: bucket, ...this.#owner }),
    );
    const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return rule?.KMSMasterKeyID ?? rule?.SSEAlgorithm;
  }

  /** Names of the account's buckets in this region. */
  async buckets(): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const page = await call('s3:ListAllMyBuckets', async () =>
        (await this.#s3()).listBuckets({ BucketRegion: this.#region, ContinuationToken: token }),
      );
      names.push(...(page.Buckets ?? []).map(({ Name }) => Name!));
      token = page.ContinuationToken;
    } while (token !== undefined);
    return names;
  }

  /** The policy of a bucket, as JSON. */
  policy(bucket: string): Promise<string | undefined> {
    return find('s3:GetBucketPolicy', ['NoSuchBucketPolicy', 'NoSuchBucket'], async () => {
      const { Policy } = await (await this.#s3()).getBucketPolicy({ Bucket: bucket, ...this.#owner });
      return Policy!;
    });
  }

  async deleteBucket(bucket: string): Promise<void> {
    const client = await this.#s3();
    await find('s3:DeleteBucket', ['NoSuchBucket'], () => client.deleteBucket({ Bucket: bucket }));
  }

  /** A bucket that somebody else took over by its name is refused by S3 itself. */
  get #owner() {
    return { ExpectedBucketOwner: this.#account };
  }
}

const tlsOnly = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });

/** DeleteObjects answers 200 with the refusals inside; this gives them the shape of any other refusal. */
const deletionError = ({ Code, Message, Key }: { Code?: string; Message?: string; Key?: string }) =>
  Object.assign(new Error(`${Key}: ${Message}`), { name: Code ?? 'UnknownError', $metadata: { httpStatusCode: 200 } });
