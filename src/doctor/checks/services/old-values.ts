import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { redeploy } from '../../../operations/services/redeploy.ts';
import { staleTasks } from '../../../operations/services/stale-tasks.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

const WATCH_MS = 15 * 60_000;

/** ECS reads a secret when a task starts, and never again (F-94). */
export const oldValues: Check = {
  id: 'old-values',
  title: 'Running tasks hold the newest values of their secrets',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const services = await scene.services();
    if (services.length === 0) return skipped('no service runs');
    const found = (await staleTasks(session, services)).flatMap(({ name, stale }) =>
      // Where a key is gone, fresh tasks would not start: that is the secrets' own finding, and comes first.
      stale
        .filter(({ gone }) => gone === undefined)
        .map(({ name: secret, changedAt, keys, tasks }) =>
          sick({
            severity: 'warning',
            subject: `services.${name}`,
            detail: `${tasks} ${tasks === 1 ? 'task holds' : 'tasks hold'} the old value of ${keys ? `${keys.join(', ')} of ` : ''}secret ${secret}`,
            evidence: [
              evidenceOf('secretsmanager:ListSecretVersionIds', `${secret} changed`, changedAt.toISOString()),
              evidenceOf('ecs:DescribeTasks', `tasks of ${name} created before`, tasks),
            ],
            remedy: `platform redeploy ${name} ${environmentFlags(session.environment)}`,
            failure: 'F-94',
            fix: {
              handling: 'ASK',
              does: `replace the tasks of ${name} by fresh ones`,
              asks: true,
              apply: () => redeploy(session, { services: [name], only: false, wait: true, forMs: WATCH_MS }),
            },
          }),
        ),
    );
    return found.length > 0 ? found : ok(counted(services.length, 'service'));
  },
};
