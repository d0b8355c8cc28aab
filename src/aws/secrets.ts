import type {
  DescribeSecretCommandOutput,
  SecretsManager,
  SecretVersionsListEntry,
} from '@aws-sdk/client-secrets-manager';
import { Secret } from '../secret.ts';
import { awsCode, call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** A version of a secret. */
export interface SecretVersion {
  versionId: string;
  /** Undefined for a binary value, which nothing of ours makes. */
  text: Secret | undefined;
}

/** A value as far as it may be told of. `other-json`: a number, a list … of which ECS takes no keys. */
export type SecretShape = { kind: 'object'; keys: string[] } | { kind: 'binary' | 'empty' | 'other-json' | 'text' };

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

  /**
   * The current version, or the one that is asked for; undefined when the secret or the version is not there. One that
   * is scheduled for deletion does not show its value: describe it first.
   */
  async value(id: string, version?: string): Promise<SecretVersion | undefined> {
    const answer = await find('secretsmanager:GetSecretValue', ['ResourceNotFoundException'], async () =>
      (await this.#secrets()).getSecretValue({ SecretId: id, VersionId: version }),
    );
    if (!answer) return undefined;
    const { SecretString: text, VersionId } = answer;
    return { versionId: VersionId!, text: text === undefined ? undefined : new Secret(id, text) };
  }

  /** The same, and undefined also where we may not look, or where the secret is scheduled for deletion. */
  async readable(id: string, version?: string): Promise<SecretVersion | undefined> {
    try {
      return await this.value(id, version);
    } catch (error) {
      if (['AccessDeniedException', 'InvalidRequestException'].includes(awsCode(error) ?? '')) return undefined;
      throw error;
    }
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

  /**
   * What kind of thing the current value is, and the names of its keys, never a value. Undefined when there is no secret
   * or it has no current value: describe it first.
   */
  async shape(id: string): Promise<SecretShape | undefined> {
    const answer = await find('secretsmanager:GetSecretValue', ['ResourceNotFoundException'], async () =>
      (await this.#secrets()).getSecretValue({ SecretId: id }),
    );
    if (!answer) return undefined;
    const { SecretString: text } = answer;
    if (text === undefined) return { kind: 'binary' };
    const keys = keysOf(text);
    return keys ? { kind: 'object', keys } : { kind: text === '' ? 'empty' : isJson(text) ? 'other-json' : 'text' };
  }

  /**
   * A new secret, without a value when none is given; the caller looked first, so a name that is taken is an error.
   * `version` becomes the id of its first version.
   */
  async create(
    name: string,
    value?: Secret,
    { tags = {}, version }: { tags?: Record<string, string>; version?: string } = {},
  ): Promise<void> {
    await call('secretsmanager:CreateSecret', async () =>
      (await this.#secrets()).createSecret({
        Name: name,
        SecretString: value?.reveal(),
        ClientRequestToken: version,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
  }

  /** A new current version under this id. A retry with the same id and value changes nothing. */
  async put(id: string, value: Secret, version: string): Promise<void> {
    await call('secretsmanager:PutSecretValue', async () =>
      (await this.#secrets()).putSecretValue({
        SecretId: id,
        SecretString: value.reveal(),
        ClientRequestToken: version,
      }),
    );
  }

  /** Gone after so many days, in which it can be restored; one that is on its way out already stays so. */
  async scheduleDeletion(id: string, days: number): Promise<void> {
    await find('secretsmanager:DeleteSecret', ['ResourceNotFoundException'], async () =>
      (await this.#secrets()).deleteSecret({ SecretId: id, RecoveryWindowInDays: days }),
    );
  }

  /** Takes it back from its recovery window. */
  async restore(id: string): Promise<void> {
    await call('secretsmanager:RestoreSecret', async () => (await this.#secrets()).restoreSecret({ SecretId: id }));
  }

  /** Makes another version the current one. */
  async moveCurrent(id: string, { from, to }: { from: string; to: string }): Promise<void> {
    await call('secretsmanager:UpdateSecretVersionStage', async () =>
      (await this.#secrets()).updateSecretVersionStage({
        SecretId: id,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: to,
        RemoveFromVersionId: from,
      }),
    );
  }

  /** Begins a rotation by the function that it is configured for; `version` becomes the id of its new version. */
  async rotate(id: string, version: string): Promise<void> {
    await call('secretsmanager:RotateSecret', async () =>
      (await this.#secrets()).rotateSecret({ SecretId: id, ClientRequestToken: version }),
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
