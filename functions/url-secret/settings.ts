import { type LoginSource, loginSource } from '../postgres/login.ts';
import { required } from '../shared/variables.ts';

export interface Settings {
  /** The secret that is rotated, and the address that its URL names. */
  login: LoginSource & { from: 'secret' };
  urlSecretArn: string;
  /** What follows the `?` of the URL. */
  urlQuery: string;
  cluster: string;
  /** Services whose tasks hold the URL, or the password, since their start. */
  services: string[];
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const login = loginSource({ ...env, DATABASE_URL: undefined });
  if (login.from !== 'secret') throw new Error('DATABASE_SECRET_ARN is not set');
  const services = (env.SERVICE_NAMES ?? '').split(',').map((name) => name.trim());
  return {
    login,
    urlSecretArn: required(env, 'URL_SECRET_ARN'),
    urlQuery: env.URL_QUERY ?? 'sslmode=require',
    cluster: required(env, 'CLUSTER_NAME'),
    services: services.filter((name) => name !== ''),
  };
}
