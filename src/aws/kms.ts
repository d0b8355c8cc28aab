import type { KeyMetadata, KMS } from '@aws-sdk/client-kms';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Kms {
  readonly #kms: () => Promise<KMS>;

  constructor(connection: Connection) {
    this.#kms = once(async () => connect((await import('@aws-sdk/client-kms')).KMS, connection));
  }

  async key(id: string): Promise<KeyMetadata | undefined> {
    const answer = await find('kms:DescribeKey', ['NotFoundException'], async () =>
      (await this.#kms()).describeKey({ KeyId: id }),
    );
    return answer?.KeyMetadata;
  }

  /** It is disabled afterwards. */
  async cancelDeletion(id: string): Promise<void> {
    await call('kms:CancelKeyDeletion', async () => (await this.#kms()).cancelKeyDeletion({ KeyId: id }));
  }

  async enable(id: string): Promise<void> {
    await call('kms:EnableKey', async () => (await this.#kms()).enableKey({ KeyId: id }));
  }
}
