import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { startEngine } from '../../../operations/images/engine-missing.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const containerEngine: Check = {
  id: 'container-engine',
  title: 'A container engine answers, to build images with',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { environment } = await context.configured();
    if (Object.keys(environment.blocks.services).length === 0) return skipped('no service is built');
    const search = await context.containerEngine();
    if (search.engine) return ok(search.engine.name);
    if (search.forbidden) return skipped(search.why);
    if (environment.sandboxed) return skipped(`${search.why}; the sandbox takes placeholders for images`);
    return sick({
      severity: 'warning',
      detail: `there is none to build images with: ${search.why}`,
      evidence: [evidenceOf('docker version', 'answer', search.why)],
      remedy: startEngine(search),
      failure: 'F-40',
    });
  },
};
