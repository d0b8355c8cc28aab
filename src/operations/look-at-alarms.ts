import type { Dimension, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { outputs } from '../../infra/outputs.ts';
import type { Session } from '../context.ts';
import { fewAtATime } from '../domain/few-at-a-time.ts';
import type { FoundStack } from './stacks/named-stacks.ts';
import { stackOutputs } from './stacks/stack-outputs.ts';

export interface AlarmLook {
  name: string;
  state: string;
  reason: string;
  since: Date | undefined;
  /** Dimensions under which nothing was reported for two weeks, and which no stack of the environment knows. */
  blind: { namespace: string; dimensions: readonly Dimension[] } | undefined;
  /** Why the topic could not be told, the last time. */
  unheard: string | undefined;
}

/** CloudWatch lists a metric up to fifteen minutes after it is first reported. */
const YOUNG_MS = 20 * 60_000;

/** The alarms of an environment, as they stand; undefined where none are deployed. */
export async function lookAtAlarms(
  { aws, clock, environment }: Pick<Session, 'aws' | 'clock' | 'environment'>,
  stacks: readonly FoundStack[],
): Promise<AlarmLook[] | undefined> {
  const own = stacks.find(({ id }) => id === 'observability');
  const topicArn = own && stackOutputs(own.stack)[outputs.observability.topicArn];
  if (topicArn === undefined) return undefined;
  const known = [
    ...stacks.flatMap(({ stack }) => Object.values(stackOutputs(stack)).flatMap((value) => value.split('|'))),
    // A REST API is measured by its name, which no stack has to tell.
    ...Object.entries(environment.blocks.apis).flatMap(([name, api]) => [api.name ?? name, api.stage]),
  ];
  const all = await aws.alarms.named(`${environment.project}-${environment.name}-`);
  // Another environment's name may begin like this one's; its alarms tell another topic.
  const ours = all.filter(({ AlarmActions = [] }) => AlarmActions.includes(topicArn));
  const asked = new Map<string, Promise<boolean>>();
  const reports = (namespace: string, dimensions: readonly Dimension[]) => {
    const key = JSON.stringify([namespace, dimensions]);
    const known = asked.get(key) ?? aws.alarms.reports(namespace, dimensions);
    asked.set(key, known);
    return known;
  };
  return fewAtATime(ours, async (alarm): Promise<AlarmLook> => {
    const isYoung = clock.now() - (alarm.AlarmConfigurationUpdatedTimestamp?.getTime() ?? 0) < YOUNG_MS;
    const blind = isYoung ? undefined : await blindSpot(alarm, { known, reports });
    const action = alarm.StateValue === 'INSUFFICIENT_DATA' ? undefined : await aws.alarms.lastAction(alarm.AlarmName!);
    return {
      name: alarm.AlarmName!,
      state: alarm.StateValue!,
      reason: alarm.StateReason ?? '',
      since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
      blind,
      unheard: action?.HistorySummary?.startsWith('Failed to execute action') ? action.HistorySummary : undefined,
    };
  });
}

/**
 * What an alarm looks at that is not there (F-146). Something of ours that only rests, a service without tasks, is still
 * what a stack says; the wrong name is what no stack says and nobody reports.
 */
async function blindSpot(
  { Namespace, Dimensions, Metrics = [] }: MetricAlarm,
  { known, reports }: { known: readonly string[]; reports: (namespace: string, of: Dimension[]) => Promise<boolean> },
): Promise<AlarmLook['blind']> {
  const looksAt = [
    ...(Namespace ? [{ namespace: Namespace, dimensions: Dimensions ?? [] }] : []),
    ...Metrics.flatMap(({ MetricStat }) =>
      MetricStat?.Metric?.Namespace
        ? [{ namespace: MetricStat.Metric.Namespace, dimensions: MetricStat.Metric.Dimensions ?? [] }]
        : [],
    ),
  ];
  for (const one of looksAt) {
    const isOurs = one.dimensions.every(({ Value = '' }) => known.some((value) => value.endsWith(Value)));
    if (!isOurs && !(await reports(one.namespace, one.dimensions))) return one;
  }
  return undefined;
}
