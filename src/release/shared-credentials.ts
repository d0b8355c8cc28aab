import type { AppSettings } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';

/** What a secret's value is made of. */
export type SecretContents = Pick<Blocks['secrets'][string], 'keys' | 'source'>;

const key = { required: true, type: 'text', phase: 'before-deploy' } as const;

/** The secrets, by name, that a consumer's own database in the provider's cluster is opened with. Nobody of ours makes them for a real account. */
export function sharedCredentials({ databases }: Pick<AppSettings, 'databases'>): Map<string, SecretContents> {
  return new Map(
    Object.values(databases)
      .filter(({ engine }) => engine === 'shared')
      .flatMap(({ credentials: { username, passwordLength, secretName, urlSecretName } }) => {
        const generate = { length: passwordLength, alphabet: 'urlsafe' } as const;
        const contents: SecretContents = {
          source: 'existing',
          keys: { username: { ...key, default: username }, password: { ...key, generate } },
        };
        const url: SecretContents = { source: 'existing', keys: { url: key } };
        return [[secretName, contents] as const, ...(urlSecretName ? [[urlSecretName, url] as const] : [])];
      }),
  );
}
