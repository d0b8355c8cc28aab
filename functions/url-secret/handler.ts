import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { log } from '../shared/log.ts';
import { freshTasks } from './fresh-tasks.ts';
import { holders } from './holders.ts';
import { type RotationEvent, reasonToIgnore } from './rotation-event.ts';
import { readSettings } from './settings.ts';
import { writeUrl } from './write-url.ts';

/** Made by the first invocation, not by the import. */
const setUp = () => ({
  settings: readSettings(process.env),
  secrets: new SecretsManagerClient(),
  ecs: new ECSClient(),
});
let lasting: ReturnType<typeof setUp> | undefined;

/** Brings a rotated password into the URL that applications read; throws when a service did not get fresh tasks. */
export async function handler(event: RotationEvent | undefined) {
  lasting ??= setUp();
  const { settings, secrets, ecs } = lasting;
  const ignored = reasonToIgnore(event, settings.login.secretArn);
  if (ignored !== undefined) {
    log('info', 'event ignored', { reason: ignored });
    return { ignored };
  }
  const { changed, since } = await writeUrl(secrets, settings);
  const { cluster, login, urlSecretArn } = settings;
  const held = [login.secretArn, ...(urlSecretArn ? [urlSecretArn] : [])];
  const services = cluster ? await holders(ecs, cluster, held) : [];
  const restarts = await freshTasks(ecs, { cluster: cluster ?? '', services, since });
  const outcome = { urlChanged: changed, ...restarts };
  log(restarts.failed.length > 0 ? 'error' : 'info', 'database URL brought up to date', outcome);
  if (restarts.failed.length > 0)
    throw new Error(`no fresh tasks of ${restarts.failed.join(', ')}: they hold the password from before the rotation`);
  return outcome;
}
