import type { SecretKey } from '../config/blocks/secret.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { databaseSettings } from './data-settings.ts';
import { secretName } from './secret-name.ts';

/** A secret that the environment knows of. */
export interface KnownSecret {
  /** As platform.yaml has it: `app`; of a database `databases.main`, and `databases.main.url`. */
  name: string;
  /** Its name in Secrets Manager. */
  secretName: string;
  /** Who owns its values; only those of `env-file` are ever pushed. */
  source: 'env-file' | 'generated' | 'existing' | 'database';
  keys: Readonly<Record<string, SecretKey>>;
  /** Who refers to a key, by the key: `services.web`. */
  usedBy: ReadonlyMap<string, readonly string[]>;
  /** Who is given the secret as a whole. */
  usedWhole: readonly string[];
}

/** Secrets of the configuration, then those of its databases. */
export function environmentSecrets(environment: EffectiveEnvironment): KnownSecret[] {
  const { blocks, project, name: env, naming } = environment;
  const uses = usesOf(environment);
  const declared = Object.entries(blocks.secrets).map(
    ([name, { source, keys }]): KnownSecret => ({
      name,
      secretName: secretName(environment, name),
      source,
      keys,
      usedBy: keyUsers(environment, name),
      usedWhole: usersOf(uses, `secret.${name}`),
    }),
  );
  const ofDatabases = Object.entries(blocks.databases).flatMap(([name, database]): KnownSecret[] => {
    const names = { project, env, secret: naming.secret };
    const { credentials } = databaseSettings(name, database, { names, version: undefined });
    const users = usersOf(uses, `db.${name}`);
    const own = (id: string, secret: string, keys: readonly string[]): KnownSecret => ({
      name: id,
      secretName: secret,
      source: 'database',
      keys: Object.fromEntries(keys.map((key) => [key, DATABASE_KEY])),
      usedBy: new Map(keys.map((key) => [key, users])),
      usedWhole: [],
    });
    const id = `databases.${name}`;
    return [
      own(id, credentials.secretName, ['username', 'password']),
      ...(credentials.urlSecretName ? [own(`${id}.url`, credentials.urlSecretName, ['url'])] : []),
    ];
  });
  return [...declared, ...ofDatabases];
}

const DATABASE_KEY: SecretKey = { required: true, type: 'text', phase: 'before-deploy' };

type Uses = readonly (readonly [user: string, uses: readonly string[]])[];

const usersOf = (uses: Uses, reference: string): string[] =>
  uses.filter(([, list]) => list.includes(reference)).map(([user]) => user);

function usesOf({ blocks }: EffectiveEnvironment): Uses {
  const each = (kind: string, list: Readonly<Record<string, { uses?: readonly string[] }>>) =>
    Object.entries(list).map(([name, { uses = [] }]) => [`${kind}.${name}`, uses] as const);
  return [
    ...each('services', blocks.services),
    ...each('functions', blocks.functions),
    ...each('sites', blocks.sites as Record<string, { uses?: readonly string[] }>),
    ['migrations', blocks.migrations?.uses ?? []],
  ];
}

/** The load has written `"*"` out already. */
function keyUsers({ blocks }: EffectiveEnvironment, secret: string): Map<string, string[]> {
  const users = new Map<string, string[]>();
  const add = (reference: string, user: string) => {
    const [block, key] = reference.split('#');
    if (block !== `secret.${secret}` || key === undefined) return;
    const before = users.get(key) ?? [];
    if (!before.includes(user)) users.set(key, [...before, user]);
  };
  for (const [name, { secrets, sidecars }] of Object.entries(blocks.services)) {
    for (const reference of Object.values(secrets)) add(reference, `services.${name}`);
    for (const [sidecar, { secrets: given }] of Object.entries(sidecars))
      for (const reference of Object.values(given)) add(reference, `services.${name}.sidecars.${sidecar}`);
  }
  for (const [name, { authorizer }] of Object.entries(blocks.apis))
    if (authorizer && 'secret' in authorizer && authorizer.secret) add(authorizer.secret, `apis.${name}`);
  return users;
}
