import type { SecretKey, Text, Use } from './setting-values.ts';
import type { AppSettings, ComponentSettings } from './settings.ts';

export interface Surroundings {
  environment: Record<string, Text>;
  secrets: Record<string, SecretKey>;
}

/**
 * All a component's container is given: what its `uses` stand for, then what the configuration says, which wins.
 * With several of a kind the variables carry the block's name: `JOBS_QUEUE_URL`.
 */
export function surroundings(
  component: Pick<ComponentSettings, 'uses' | 'environment' | 'secrets'>,
  settings: AppSettings,
): Surroundings {
  const whole: Surroundings = { environment: {}, secrets: {} };
  for (const use of component.uses) {
    const several = component.uses.filter((other) => other.kind === use.kind).length > 1;
    const { environment, secrets } = injected(use, several ? variable(use.name, '') : '', settings);
    Object.assign(whole.environment, environment);
    Object.assign(whole.secrets, secrets);
  }
  // ECS refuses a name that is both: what the configuration names last is what counts.
  for (const [name, text] of Object.entries(component.environment)) {
    delete whole.secrets[name];
    whole.environment[name] = text;
  }
  for (const [name, key] of Object.entries(component.secrets)) {
    delete whole.environment[name];
    whole.secrets[name] = key;
  }
  return whole;
}

const variable = (name: string, rest: string): string => `${name.toUpperCase().replaceAll('-', '_')}_${rest}`;

function injected({ kind, name }: Use, prefix: string, settings: AppSettings): Surroundings {
  const only = (environment: Record<string, Text>): Surroundings => ({ environment, secrets: {} });
  switch (kind) {
    case 'queue':
      return only({ [`${prefix}QUEUE_URL`]: [{ of: 'queue-url', name }] });
    case 'bus':
      return only({ [`${prefix}EVENT_BUS_NAME`]: [{ of: 'bus-name', name }] });
    case 'bucket':
      return only({ [`${prefix}BUCKET_NAME`]: [{ of: 'bucket-name', name }] });
    case 'secret':
      return only({ [variable(name, 'SECRET_ARN')]: [{ of: 'secret-arn', name }] });
    case 'database':
      return databaseSurroundings(name, prefix, settings);
  }
}

function databaseSurroundings(name: string, prefix: string, { databases }: AppSettings): Surroundings {
  const database = databases[name];
  if (!database) throw new Error(`there is no database ${name}`);
  const from = (key: 'username' | 'password' | 'url'): SecretKey => ({ from: 'database', database: name, key });
  return {
    environment: {
      [`${prefix}DATABASE_HOST`]: [{ of: 'database-host', name }],
      [`${prefix}DATABASE_PORT`]: [String(database.port)],
      [`${prefix}DATABASE_NAME`]: [database.databaseName],
      [`${prefix}DATABASE_SECRET_ARN`]: [{ of: 'database-secret-arn', name }],
      ...(database.readers > 0 ? { [`${prefix}DATABASE_READ_HOST`]: [{ of: 'database-reader-host', name }] } : {}),
    },
    secrets: {
      [`${prefix}DATABASE_USER`]: from('username'),
      [`${prefix}DATABASE_PASSWORD`]: from('password'),
      ...(database.credentials.urlSecretName ? { [`${prefix}DATABASE_URL`]: from('url') } : {}),
    },
  };
}
