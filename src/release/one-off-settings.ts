import { fitName } from '../../infra/names.ts';
import type { ComponentSettings } from '../../infra/settings.ts';
import type { ComponentInput } from './service-settings.ts';
import { usesOf } from './setting-texts.ts';

/**
 * The component that runs migrations: a service's own one-off task, or, with an image of their own, a component beside
 * the services. Undefined without migrations.
 */
export function migrationComponent({ migrations, services }: ComponentInput['blocks']): string | undefined {
  if (migrations?.run) return migrations.run.replace(/^service\./, '');
  if (!migrations?.image) return undefined;
  return Object.hasOwn(services, 'migrations') ? 'migrations-task' : 'migrations';
}

export function oneOffSettings({ project, env, blocks }: ComponentInput): Record<string, ComponentSettings> {
  const { migrations } = blocks;
  const name = migrationComponent(blocks);
  if (!migrations?.image || migrations.run || !name) return {};
  return {
    [name]: {
      repository: fitName(`${project}-${env}-${name}`, 256),
      container: 'migrations',
      architecture: 'amd64',
      cpu: 512,
      memoryMiB: 1024,
      uses: usesOf(migrations.uses),
      environment: {},
      secrets: {},
      exec: false,
    },
  };
}
