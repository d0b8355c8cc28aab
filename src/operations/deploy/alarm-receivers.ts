import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';

export interface AlarmReceiver {
  protocol: 'email' | 'https';
  endpoint: string;
  /** `absent`: it never confirmed within the two days that SNS waits, or it has left. */
  standing: 'confirmed' | 'pending' | 'absent';
}

export interface AlarmReceivers {
  topicArn: string;
  /** The topic itself is gone. */
  gone: boolean;
  receivers: AlarmReceiver[];
}

/** Whether those who are to hear the alarms do (F-145); undefined where no alarms are deployed. */
export async function alarmReceivers(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  told: Readonly<Record<string, string>>,
): Promise<AlarmReceivers | undefined> {
  const topicArn = told[outputs.observability.topicArn];
  if (topicArn === undefined) return undefined;
  const { alarmEmails, webhooks } = environment.blocks.observability;
  const found = await aws.sns.subscriptions(topicArn);
  const standingOf = (protocol: string, endpoint: string): AlarmReceiver['standing'] => {
    const one = found?.find(({ Protocol, Endpoint }) => Protocol === protocol && Endpoint === endpoint);
    if (!one) return 'absent';
    return one.SubscriptionArn?.startsWith('arn:') ? 'confirmed' : 'pending';
  };
  const wanted = [
    ...alarmEmails.map((endpoint) => ({ protocol: 'email' as const, endpoint })),
    ...webhooks.map((endpoint) => ({ protocol: 'https' as const, endpoint })),
  ];
  return {
    topicArn,
    gone: found === undefined,
    receivers: wanted.map((one) => ({ ...one, standing: standingOf(one.protocol, one.endpoint) })),
  };
}

/** What a person has to do so that a receiver hears anything. */
export const howToConfirm = ({ protocol, endpoint }: AlarmReceiver): string =>
  protocol === 'email'
    ? `whoever reads ${endpoint} follows the link in the message of AWS Notifications, in the junk folder too`
    : `the server behind ${endpoint} answers SNS's request by visiting the SubscribeURL in it`;
