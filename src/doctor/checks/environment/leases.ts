import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { endLease } from '../../../operations/databases/end-lease.ts';
import { openLeases } from '../../../operations/databases/open-leases.ts';
import type { Check } from '../../check.ts';
import { ok, sick } from '../../finding.ts';

/** Protection that was lifted for a time; what has run out is put back by whatever command comes next (F-85). */
export const leases: Check = {
  id: 'leases',
  title: 'No database is unprotected for a time',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const open = await openLeases(session);
    if (open.length === 0) return ok('there is no lease');
    return open.map(({ lease, overdue }) => {
      const { thing, principal, reason, until } = lease;
      const end = new Date(until).toISOString();
      return sick({
        severity: overdue ? 'error' : 'warning',
        subject: thing,
        detail: `${principal} has lifted its protection ("${reason}") ${overdue ? `until ${end}, and it was not put back` : `until ${end}`}`,
        evidence: [evidenceOf('s3:GetObject', `leases of ${session.environment.name} until`, end)],
        remedy: `platform db protect ${environmentFlags(session.environment)} ${thing.replace('databases.', '')}`,
        failure: 'F-85',
        fix: {
          handling: overdue ? 'AUTO' : 'ASK',
          does: `protect ${thing} again`,
          apply: () => endLease(session, lease, overdue ?? 'protect'),
        },
      });
    });
  },
};
