import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { sessionPlugin as pluginOf } from '../../../operations/project/look-at-machine.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const sessionPlugin: Check = {
  id: 'session-plugin',
  title: 'session-manager-plugin is there, to open shells in tasks',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { environment } = await context.configured();
    // Kinds for work turn it on by themselves; who does not open shells misses nothing.
    const shells = Object.entries(environment.blocks.services).flatMap(([name, { exec }]) =>
      exec && environment.origin(`services.${name}.exec`)?.from === 'file' ? [name] : [],
    );
    if (shells.length === 0) return skipped('platform.yaml sets exec: true of no service');
    if (environment.sandboxed) return skipped('the sandbox opens no sessions');
    const { version, page } = await pluginOf(context);
    if (version !== undefined) return ok(version);
    return sick({
      severity: 'warning',
      detail: `it is not on PATH, and platform exec ${shells[0]} needs it`,
      evidence: [evidenceOf('session-manager-plugin --version', 'answer', undefined)],
      remedy: `install it: ${page}`,
      failure: 'F-59',
    });
  },
};
