import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { cleanup, whatIsLeft } from '../../../operations/destroy/cleanup.ts';
import { isRemovable } from '../../../operations/destroy/left-things.ts';
import type { Check } from '../../check.ts';
import { ok, sick } from '../../finding.ts';

/** What a destruction has kept, and what bears the environment's name and is in no stack: it costs, and has a name. */
export const leftovers: Check = {
  id: 'leftovers',
  title: 'Nothing is left that no stack has',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene, say) {
    const session = await scene.open();
    say('what bears the name of the environment');
    const left = (await whatIsLeft(session)).filter(({ goes }) => !goes);
    if (left.length === 0) return ok('nothing');
    const { environment } = session;
    return left.map((entry) => {
      const { id, type, reason, holds } = entry;
      const isLog = type === 'AWS::Logs::LogGroup';
      return sick({
        severity: 'warning',
        subject: id,
        detail: `${type}${holds ? ` with ${holds}` : ''}: ${reason}`,
        evidence: [evidenceOf('cloudformation:DescribeStackResources', `stack of ${id}`, undefined)],
        remedy: isRemovable(entry)
          ? `platform deploy ${environmentFlags(environment)} takes back what it needs; platform cleanup ${id} ${environmentFlags(environment)} deletes it`
          : 'delete it in the AWS console, which says what it holds',
        // CloudFormation tried three times when its replacement was there, and forgot it.
        failure: isLog ? 'F-141' : reason.startsWith('could not be removed') ? 'F-20' : 'F-143',
        ...(isRemovable(entry)
          ? {
              fix: {
                handling: 'TYPED' as const,
                does: `delete ${id} (${type})`,
                asks: true,
                apply: () => cleanup(session, { ids: [id] }),
              },
            }
          : {}),
      });
    });
  },
};
