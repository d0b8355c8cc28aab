import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { LOOK, lookAtAlarms } from './follow-alarms.ts';
import { operations } from './operations.ts';
import { alarm } from './resources/alarm.ts';
import { compositeAlarm } from './resources/composite-alarm.ts';
import { dashboard } from './resources/dashboard.ts';

/** CloudWatch, which signs as `monitoring`. */
export const monitoring: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-cloudwatch'),
  client: 'CloudWatchClient',
  operations,
  timers: { [LOOK]: lookAtAlarms },
  resources: {
    'AWS::CloudWatch::Alarm': alarm,
    'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
    'AWS::CloudWatch::Dashboard': dashboard,
  },
};
