import type { DescribeSecretCommandOutput, SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { Secret } from '../secret.ts';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Secrets {
  readonly #secrets: () => Promise<SecretsManager>;

  constructor(connection: Connection) {
    this.#secrets = once(async () =>
      connect((await import('@aws-sdk/client-secrets-manager')).SecretsManager, connection),
    );
  }

  /** By name or ARN; one that is scheduled for deletion is still there, with its DeletedDate. */
  describe(id: string): Promise<DescribeSecretCommandOutput | undefined> {
    return find('secretsmanager:DescribeSecret', ['ResourceNotFoundException'], async () =>
      (await this.#secrets()).describeSecret({ SecretId: id }),
    );
  }

  /** A new secret with a value; the caller looked first, so a name that is taken is an error. */
  async create(name: string, value: Secret, tags: Record<string, string> = {}): Promise<void> {
    await call('secretsmanager:CreateSecret', async () =>
      (await this.#secrets()).createSecret({
        Name: name,
        SecretString: value.reveal(),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
  }
}
