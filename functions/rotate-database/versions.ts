import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { type Login, loginOfSecret, secretObject } from '../postgres/login.ts';
import type { RotationRequest } from './rotation.ts';

export type Stage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** The versions of the secret that a rotation is about. */
export class Versions {
  readonly #secrets: SecretsManagerClient;
  readonly #request: RotationRequest;

  constructor(secrets: SecretsManagerClient, request: RotationRequest) {
    this.#secrets = secrets;
    this.#request = request;
  }

  /**
   * Undefined when there is no such version, or none with this stage. `pending` gives the address to a version that has
   * none: CloudFormation makes a secret before the database, and writes the address into its second version.
   */
  async login(stage: Stage, pending?: Login): Promise<Login | undefined> {
    const text = await this.#value(stage);
    if (text === undefined) return undefined;
    const { SecretId: secretArn } = this.#request;
    const address =
      pending && secretObject(text, secretArn).host === undefined
        ? { host: pending.host, port: pending.port, database: pending.database }
        : {};
    return loginOfSecret(text, { from: 'secret', secretArn, ...address });
  }

  /** Makes the version of this rotation, with another password and everything else as it is, unless it is there. */
  async makePending(): Promise<void> {
    if ((await this.#value('AWSPENDING')) !== undefined) return;
    const { SecretId, ClientRequestToken, RotationToken } = this.#request;
    const current = secretObject((await this.#value('AWSCURRENT')) ?? '', SecretId);
    const { RandomPassword } = await this.#secrets.send(
      new GetRandomPasswordCommand({
        PasswordLength: String(current.password).length,
        // Letters and digits alone fit into a URL as they are (D11).
        ExcludePunctuation: true,
      }),
    );
    await this.#secrets.send(
      new PutSecretValueCommand({
        SecretId,
        ClientRequestToken,
        ...(RotationToken ? { RotationToken } : {}),
        SecretString: JSON.stringify({ ...current, password: RandomPassword }),
        VersionStages: ['AWSPENDING'],
      }),
    );
  }

  async isCurrent(): Promise<boolean> {
    return (await this.#stages())[this.#request.ClientRequestToken]?.includes('AWSCURRENT') ?? false;
  }

  /** Whether Secrets Manager has begun a version for this, with a value or without. */
  async isPending(): Promise<boolean> {
    return (await this.#stages())[this.#request.ClientRequestToken]?.includes('AWSPENDING') ?? false;
  }

  /** The new password is what everybody reads from now on; Secrets Manager keeps the one before as AWSPREVIOUS. */
  async makeCurrent(): Promise<void> {
    const { SecretId, ClientRequestToken, RotationToken } = this.#request;
    const before = Object.entries(await this.#stages()).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
    if (before === ClientRequestToken) return;
    await this.#secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: ClientRequestToken,
        ...(before ? { RemoveFromVersionId: before } : {}),
        ...(RotationToken ? { RotationToken } : {}),
      }),
    );
  }

  async #stages(): Promise<Record<string, string[]>> {
    const { SecretId } = this.#request;
    return (await this.#secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {};
  }

  async #value(VersionStage: Stage): Promise<string | undefined> {
    const { SecretId, ClientRequestToken } = this.#request;
    const VersionId = VersionStage === 'AWSPENDING' ? { VersionId: ClientRequestToken } : {};
    try {
      const { SecretString } = await this.#secrets.send(
        new GetSecretValueCommand({ SecretId, VersionStage, ...VersionId }),
      );
      return SecretString;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      return undefined;
    }
  }
}
