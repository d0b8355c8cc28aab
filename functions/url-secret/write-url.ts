import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { loginOfSecret, secretObject } from '../postgres/login.ts';
import type { Settings } from './settings.ts';
import { urlOf } from './url-of.ts';

export interface Written {
  changed: boolean;
  /** Since when the URL is what it is; without one, the password. */
  since: Date;
}

/** Puts the URL of the current password into its secret, unless it is there; other keys of that secret stay. */
export async function writeUrl(
  secrets: SecretsManagerClient,
  { login, urlSecretArn, urlQuery }: Pick<Settings, 'login' | 'urlSecretArn' | 'urlQuery'>,
): Promise<Written> {
  const rotated = await secrets.send(new GetSecretValueCommand({ SecretId: login.secretArn }));
  if (urlSecretArn === undefined) return { changed: false, since: rotated.CreatedDate ?? new Date() };
  const url = urlOf(loginOfSecret(rotated.SecretString ?? '', login), urlQuery);
  const current = await currentUrl(secrets, urlSecretArn);
  if (current?.values.url === url) return { changed: false, since: current.since };
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: urlSecretArn,
      SecretString: JSON.stringify({ ...current?.values, url }),
    }),
  );
  // The service's clock, not ours: it is compared with times that AWS gave.
  return { changed: true, since: (await currentUrl(secrets, urlSecretArn))?.since ?? new Date() };
}

/** Undefined when the secret is there and has no value yet. */
async function currentUrl(secrets: SecretsManagerClient, arn: string) {
  try {
    const { SecretString = '', CreatedDate } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    return { values: secretObject(SecretString, arn), since: CreatedDate ?? new Date() };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return undefined;
  }
}
