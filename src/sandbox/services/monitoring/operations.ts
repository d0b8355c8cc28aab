import type { Operation } from '../../kernel/scope.ts';
import { deleteAlarms } from './operations/delete-alarms.ts';
import { deleteDashboards } from './operations/delete-dashboards.ts';
import { describeAlarmHistory } from './operations/describe-alarm-history.ts';
import { describeAlarms } from './operations/describe-alarms.ts';
import { describeAlarmsForMetric } from './operations/describe-alarms-for-metric.ts';
import { disableAlarmActions, enableAlarmActions } from './operations/enable-alarm-actions.ts';
import { getDashboard } from './operations/get-dashboard.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listDashboards } from './operations/list-dashboards.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putCompositeAlarm } from './operations/put-composite-alarm.ts';
import { putDashboard } from './operations/put-dashboard.ts';
import { putMetricAlarm } from './operations/put-metric-alarm.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { setAlarmState } from './operations/set-alarm-state.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tag-resource.ts';

/** What clients may ask, by AWS's name for it. */
export const operations: Readonly<Record<string, Operation>> = {
  DeleteAlarms: deleteAlarms,
  DeleteDashboards: deleteDashboards,
  DescribeAlarmHistory: describeAlarmHistory,
  DescribeAlarmsForMetric: describeAlarmsForMetric,
  DescribeAlarms: describeAlarms,
  EnableAlarmActions: enableAlarmActions,
  DisableAlarmActions: disableAlarmActions,
  GetDashboard: getDashboard,
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListDashboards: listDashboards,
  ListMetrics: listMetrics,
  PutCompositeAlarm: putCompositeAlarm,
  PutDashboard: putDashboard,
  PutMetricAlarm: putMetricAlarm,
  PutMetricData: putMetricData,
  SetAlarmState: setAlarmState,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
