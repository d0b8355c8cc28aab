import type { Session } from '../../context.ts';
import { alarmReceivers, howToConfirm } from './alarm-receivers.ts';

/**
 * Says at the end of every deployment who does not hear the alarms yet (F-145). SNS forgets who has not confirmed
 * within two days, and CloudFormation is not told: those are asked once more.
 */
export async function remindReceivers(
  session: Pick<Session, 'aws' | 'environment' | 'reporter'>,
  told: Readonly<Record<string, string>>,
): Promise<void> {
  const { aws, reporter } = session;
  const found = await alarmReceivers(session, told);
  if (!found || found.gone) return;
  for (const receiver of found.receivers) {
    const { protocol, endpoint, standing } = receiver;
    if (standing === 'confirmed') continue;
    if (standing === 'absent') await aws.sns.subscribe(found.topicArn, protocol, endpoint);
    reporter.warn(
      `${endpoint} hears no alarm yet${standing === 'absent' ? ' and was asked again' : ''}: ${howToConfirm(receiver)}`,
    );
  }
}
