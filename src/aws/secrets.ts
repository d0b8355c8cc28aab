import type {
  DescribeSecretCommandOutput,
  SecretsManager,
  SecretVersionsListEntry,
} from '@aws-sdk/client-secrets-manager';
import type { Secret } from '../secret.ts';
import { awsCode, call, find } from './call.ts';
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

  /** Every version that has a stage or had one, in no order; none when there is no such secret. */
  async versions(id: string): Promise<SecretVersionsListEntry[]> {
    const found: SecretVersionsListEntry[] = [];
    let NextToken: string | undefined;
    do {
      const page = await find('secretsmanager:ListSecretVersionIds', ['ResourceNotFoundException'], async () =>
        (await this.#secrets()).listSecretVersionIds({ SecretId: id, IncludeDeprecated: true, NextToken }),
      );
      found.push(...(page?.Versions ?? []));
      NextToken = page?.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  /**
   * Names of the keys of a secret's JSON, never a value; undefined when it has no value or is no JSON object. `denied`:
   * we may not look.
   */
  async keys(id: string): Promise<string[] | 'denied' | undefined> {
    try {
      const answer = await find('secretsmanager:GetSecretValue', ['ResourceNotFoundException'], async () =>
        (await this.#secrets()).getSecretValue({ SecretId: id }),
      );
      return keysOf(answer?.SecretString);
    } catch (error) {
      if (awsCode(error) === 'AccessDeniedException') return 'denied';
      throw error;
    }
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

function keysOf(text: string | undefined): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.keys(parsed) : undefined;
  } catch {
    return undefined;
  }
}
