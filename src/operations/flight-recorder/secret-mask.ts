import type { Session } from '../../context.ts';
import { look, seen } from '../../diagnosis/look.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { contentsOf } from '../../release/secret-contents.ts';
import { Secret } from '../../secret.ts';
import { pemVariables, readEnvFile } from '../secrets/read-env-file.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'workDirectory'>;

/** Of a database's secret the rest is names, which stand in many sentences. */
const SECRET_OF_DATABASES = new Set(['password', 'url']);

/**
 * Takes secret values out of texts of others: a program may print one without anything by which it could be told for a
 * secret. Those of `.env.<environment>` are known at once. Where programs have spoken, the current values of the
 * environment's secrets are learned too; what may not be read is given away by its shape alone.
 */
export class SecretMask {
  readonly #powers: Powers;
  #secrets: readonly Secret[];
  #hide: (text: string) => string;
  #learned: Promise<void> | undefined;

  constructor(powers: Powers, secrets: readonly Secret[]) {
    // What was begun is kept to its end, whoever presses Ctrl-C.
    this.#powers = { ...powers, aws: powers.aws.uninterrupted() };
    this.#secrets = secrets;
    this.#hide = Secret.hider(secrets);
  }

  static async of(powers: Powers): Promise<SecretMask> {
    const pushed = environmentSecrets(powers.environment).filter(({ source }) => source === 'env-file');
    const variables = new Set(pushed.flatMap(({ keys }) => Object.entries(keys).map(([key, { from = key }]) => from)));
    if (variables.size === 0) return new SecretMask(powers, []);
    const file = await readEnvFile(powers, pemVariables(pushed)).catch(() => undefined);
    return new SecretMask(
      powers,
      [...(file?.values ?? [])].flatMap(([key, { secret }]) => (variables.has(key) ? [secret] : [])),
    );
  }

  readonly hide = (text: string): string => this.#hide(text);

  /** Once; nothing here makes a command fail. */
  learn(): Promise<void> {
    this.#learned ??= Promise.all(
      environmentSecrets(this.#powers.environment).map((one) => this.#valuesOf(one).catch(() => [])),
    ).then((values) => {
      this.#secrets = [...this.#secrets, ...values.flat()];
      this.#hide = Secret.hider(this.#secrets);
    });
    return this.#learned;
  }

  async #valuesOf({ secretName, source }: KnownSecret): Promise<Secret[]> {
    const { aws, clock } = this.#powers;
    const at = { what: `secret ${secretName}`, call: 'secretsmanager:GetSecretValue' };
    const powers = { clock, signal: new AbortController().signal };
    const text = seen(await look(powers, at, () => aws.secrets.readable(secretName)))?.text;
    const contents = contentsOf(secretName, text);
    if (contents.kind !== 'json') return text ? [text] : [];
    return [...contents.values].flatMap(([key, value]) =>
      source === 'database' && !SECRET_OF_DATABASES.has(key) ? [] : [value],
    );
  }
}
