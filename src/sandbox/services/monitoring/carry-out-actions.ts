import type { Scope } from '../../kernel/scope.ts';
import { publish, whyServiceMayNot } from '../sns/publish.ts';
import { topics } from '../sns/state.ts';
import { alarmMessage, alarmSubject } from './alarm-message.ts';
import { record } from './record.ts';
import { type AlarmRow, alarms } from './state.ts';

/**
 * Tells the topics that an alarm names for the state it is in now. Each leaves a line in the alarm's history, also when
 * the topic or its key does not let CloudWatch in: that is the only place where AWS says so.
 */
export function carryOutActions(scope: Scope, name: string, before: AlarmRow): void {
  const row = alarms.in(scope).get(name)!;
  if (!row.ActionsEnabled) return;
  const actions = {
    ALARM: row.AlarmActions,
    OK: row.OKActions,
    INSUFFICIENT_DATA: row.InsufficientDataActions,
  }[row.StateValue];
  for (const action of actions ?? []) if (/^arn:[^:]+:sns:/.test(action)) tell(scope, action, row, before);
}

function tell(scope: Scope, action: string, row: AlarmRow, before: AlarmRow): void {
  const [, , , region = scope.region, account = scope.account] = action.split(':');
  const topic = topics.in({ ...scope, region, account }).get(action);
  const why = topic
    ? whyServiceMayNot(
        topic,
        { service: 'cloudwatch.amazonaws.com', name: 'CloudWatch Alarms', sourceArn: row.AlarmArn },
        scope,
      )
    : 'Topic does not exist';
  if (topic && why === undefined)
    publish(
      topic,
      { subject: alarmSubject(scope, row), texts: { default: alarmMessage(scope, row, before) }, attributes: {} },
      { scope },
    );
  record(scope, row, {
    HistoryItemType: 'Action',
    HistorySummary:
      why === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. Received error: "${why}"`,
    HistoryData: JSON.stringify({
      actionState: why === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: row.updatedAt,
      notificationResource: action,
      ...(why === undefined ? {} : { error: why }),
    }),
  });
}
