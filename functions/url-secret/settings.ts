import { type LoginSource, loginSource } from '../postgres/login.ts';

export interface Settings {
  /** The secret that is rotated, and the address that its URL names. */
  login: LoginSource & { from: 'secret' };
  /** Absent: nobody reads a URL. */
  urlSecretArn?: string;
  /** What follows the `?` of the URL. */
  urlQuery: string;
  /** Whose services hold the URL, or the password, since their start; absent: there are none. */
  cluster?: string;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const login = loginSource({ ...env, DATABASE_URL: undefined });
  if (login.from !== 'secret') throw new Error('DATABASE_SECRET_ARN is not set');
  return {
    login,
    ...(env.URL_SECRET_ARN ? { urlSecretArn: env.URL_SECRET_ARN } : {}),
    urlQuery: env.URL_QUERY ?? 'sslmode=require',
    ...(env.CLUSTER_NAME ? { cluster: env.CLUSTER_NAME } : {}),
  };
}
