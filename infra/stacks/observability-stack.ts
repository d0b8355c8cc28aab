import { Construct } from 'constructs';
import { cloudwatch, logs } from '../aws-cdk.ts';
import { fitName, pascal } from '../names.ts';
import { AlarmTopic } from '../observability/alarm-topic.ts';
import { alarmsOf } from '../observability/alarms.ts';
import { businessBody, costBody, type DashboardBody, operationsBody } from '../observability/dashboard-body.ts';
import { failedRun, scheduledRuns } from '../observability/failed-runs.ts';
import { metricAlarm } from '../observability/metric-alarm.ts';
import { SAVED_QUERIES } from '../observability/saved-queries.ts';
import { nextServers, watchedOf } from '../observability/watched.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** As many as one query may ask: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const QUERIED_GROUPS = 50;

/** What looks at the others: alarms and whom they tell, dashboards, saved queries. Nothing depends on it. */
export class ObservabilityStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'observability', settings, { description: 'Alarms, dashboards and saved queries' });
    const { links } = this;
    const { alarms, dashboards } = settings.observability;
    const watched = watchedOf(links, settings);

    if (alarms) {
      const topic = new AlarmTopic(this, 'Alarms', settings);
      const all = new Construct(this, 'Alarm');
      for (const alarm of alarmsOf(watched, settings)) metricAlarm(all, settings, alarm, topic.arn);
      const runs = new Construct(this, 'FailedRuns');
      for (const run of scheduledRuns(settings)) failedRun(runs, settings, run, topic.arn);
      links.tell(outputs.observability.topicArn, topic.arn);
    }

    const bodies: Record<(typeof dashboards)[number], () => DashboardBody> = {
      operations: () => operationsBody(watched, settings),
      business: () => businessBody(settings),
      cost: costBody,
    };
    const pages = new Construct(this, 'Dashboards');
    for (const kind of dashboards) {
      const page = new cloudwatch.CfnDashboard(pages, pascal(kind), {
        dashboardName: fitName(`${settings.project}-${settings.environment}-${kind}`, 255),
        dashboardBody: this.toJsonString(bodies[kind]()),
      });
      links.tell(outputs.observability.dashboardName(kind), page.ref);
    }

    const groups = [
      ...Object.keys({ ...settings.services, ...settings.oneOffs }).map((name) =>
        links.from('tasks', outputs.tasks.logGroup(name)),
      ),
      ...[...Object.keys(settings.functions), ...nextServers(settings)].map((name) =>
        links.from('functions', outputs.functions.functionLogGroup(name)),
      ),
    ].slice(0, QUERIED_GROUPS);
    if (groups.length === 0) return;
    const queries = new Construct(this, 'Queries');
    for (const { name, text } of SAVED_QUERIES)
      new logs.CfnQueryDefinition(queries, pascal(name), {
        name: `${settings.project}/${settings.environment}/${name}`,
        queryString: text,
        logGroupNames: groups,
      });
  }
}

/** Whether anything of the settings belongs into the stack: alarms of nothing would be a topic and a key for nobody. */
export const hasObservability = (settings: AppSettings): boolean => {
  const { alarms, dashboards } = settings.observability;
  return dashboards.length > 0 || (alarms !== false && isWatched(settings));
};

const isWatched = ({ services, apis, functions, databases, queues }: AppSettings): boolean =>
  Object.keys({ ...services, ...apis, ...functions, ...queues }).length > 0 ||
  Object.values(databases).some(({ engine }) => engine !== 'shared');
