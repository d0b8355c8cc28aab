import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Secrets Manager, and the calls that the cases make again and again on a secret named shop. */
export async function open() {
  const sandbox = await startSandbox();
  const sm = sandbox.client(SecretsManagerClient);
  const create = (Name = 'shop', SecretString: string | undefined = 'v1') =>
    sm.send(new CreateSecretCommand({ Name, ...(SecretString !== '' && { SecretString }) }));
  const put = (SecretString: string, VersionStages?: string[]) =>
    sm.send(new PutSecretValueCommand({ SecretId: 'shop', SecretString, VersionStages }));
  const get = (more: object = {}) => answerOf(sm.send(new GetSecretValueCommand({ SecretId: 'shop', ...more })));
  const move = (VersionStage: string, MoveToVersionId?: string, RemoveFromVersionId?: string) =>
    sm.send(
      new UpdateSecretVersionStageCommand({ SecretId: 'shop', VersionStage, MoveToVersionId, RemoveFromVersionId }),
    );
  const stages = async (IncludeDeprecated = false) => {
    const { Versions } = await sm.send(new ListSecretVersionIdsCommand({ SecretId: 'shop', IncludeDeprecated }));
    return Versions!.map(({ VersionId, VersionStages }) => [VersionId, ...(VersionStages ?? [])]);
  };
  const describeSecret = () => answerOf(sm.send(new DescribeSecretCommand({ SecretId: 'shop' })));
  return { sandbox, sm, create, put, get, move, stages, describeSecret };
}

export const ARN = expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:shop-[A-Za-z0-9]{6}$/);
export const DATE = expect.any(Date);
export const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
export const MISSING = refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
export const MARKED = refusal(
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
);
export const noValue = (what: string) =>
  refusal('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);
