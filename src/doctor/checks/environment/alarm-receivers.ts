import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { howToConfirm, alarmReceivers as lookAtReceivers } from '../../../operations/deploy/alarm-receivers.ts';
import { stackOutputs } from '../../../operations/stacks/stack-outputs.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

export const alarmReceivers: Check = {
  id: 'alarm-receivers',
  title: 'Everybody who is to hear the alarms has agreed to',
  group: 'the environment',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const stack = (await scene.stacks()).find(({ id }) => id === 'observability');
    const looked = stack && (await lookAtReceivers(session, stackOutputs(stack.stack)));
    if (!looked) return skipped('no alarms are deployed');
    const { topicArn, gone, receivers } = looked;
    const flags = environmentFlags(session.environment);
    if (gone)
      return sick({
        severity: 'error',
        detail: 'the topic of the alarms is gone, and its stack does not know',
        evidence: [evidenceOf('sns:ListSubscriptionsByTopic', topicArn, undefined)],
        remedy: `platform recover observability ${flags} makes it again`,
        failure: 'F-19',
        ...(await recoverFix(scene, 'observability')),
      });
    const found = receivers
      .filter(({ standing }) => standing !== 'confirmed')
      .map((receiver): Finding => {
        const { protocol, endpoint, standing } = receiver;
        return sick({
          severity: 'warning',
          subject: endpoint,
          detail:
            standing === 'pending'
              ? 'it was asked to confirm and has not, so it hears no alarm'
              : 'it is no receiver: it did not confirm within two days, or has left',
          evidence: [
            evidenceOf(
              'sns:ListSubscriptionsByTopic',
              'SubscriptionArn',
              standing === 'pending' ? 'PendingConfirmation' : undefined,
            ),
          ],
          remedy: `platform doctor --only alarm-receivers --fix ${flags} has it asked again; ${howToConfirm(receiver)}`,
          failure: 'F-145',
          fix: {
            handling: 'AUTO',
            does: `ask ${endpoint} again to confirm`,
            apply: () => session.aws.sns.subscribe(topicArn, protocol, endpoint),
          },
        });
      });
    return found.length > 0 ? found : ok(receivers.length === 0 ? 'nobody is named' : `${receivers.length} receivers`);
  },
};
