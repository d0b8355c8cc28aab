import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { lockStatus, releaseLock, standingText } from '../../../operations/locks/lock.ts';
import type { Check } from '../../check.ts';
import { ok, sick } from '../../finding.ts';

/** A stale lock stops nobody: the next command takes it. But what its holder began may be half done. */
export const lock: Check = {
  id: 'lock',
  title: 'Nobody who is gone holds the environment',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const { environment } = session;
    const { held, holder, stale } = await lockStatus(session);
    if (!held || !holder) return ok('it is free');
    const who = `${holder.principal} on ${holder.host} ("${holder.command}")`;
    if (!stale) return ok(`${who} holds it: ${standingText(holder)}`);
    const { unproven } = (await scene.state()).state;
    const flags = environmentFlags(environment);
    return sick({
      severity: 'warning',
      detail: `${who} took it and has not given it back: ${standingText(holder)}`,
      evidence: [evidenceOf('s3:GetObject', `lock of ${environment.name} beatAt`, holder.lastHeartbeat)],
      remedy:
        unproven === undefined
          ? `platform lock release ${flags}`
          : `platform deploy ${flags} --attach takes up what it began; platform lock release ${flags} only frees it`,
      failure: 'F-133',
      fix: {
        handling: 'ASK',
        does: `release the lock of ${environment.name}`,
        asks: true,
        apply: () => releaseLock(session),
      },
    });
  },
};
