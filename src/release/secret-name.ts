import type { EffectiveEnvironment } from '../config/project.ts';
import { secretSettings } from './data-settings.ts';

/** The name in Secrets Manager of a secret of the configuration. */
export function secretName({ project, name: env, naming, blocks }: EffectiveEnvironment, secret: string): string {
  const names = { project, env, secret: naming.secret };
  return secretSettings(secret, blocks.secrets[secret]!, { names, onDelete: 'retain' }).secretName;
}
