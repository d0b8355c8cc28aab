import type { Construct } from 'constructs';
import { events } from '../aws-cdk.ts';
import { pascal, scheduledFamily } from '../names.ts';
import type { AppSettings } from '../settings.ts';

/** A scheduled task with the service that it belongs to. */
export interface ScheduledRun {
  service: string;
  task: string;
}

export const scheduledRuns = ({ services }: Pick<AppSettings, 'services'>): ScheduledRun[] =>
  Object.entries(services).flatMap(([service, { scheduledTasks = {} }]) =>
    Object.keys(scheduledTasks).map((task) => ({ service, task })),
  );

/**
 * Tells the topic when a run by the clock has ended with another exit code than 0, or could not begin: no metric counts
 * that. Known by its family, which only its runs have.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function failedRun(scope: Construct, settings: AppSettings, { service, task }: ScheduledRun, topicArn: string) {
  const { project, environment } = settings;
  new events.CfnRule(scope, `${pascal(service)}${pascal(task)}`, {
    description: `Runs of scheduled task ${task} of ${service} that failed`,
    eventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        lastStatus: ['STOPPED'],
        group: [`family:${scheduledFamily(settings, service, task)}`],
        $or: [{ containers: { exitCode: [{ 'anything-but': [0] }] } }, { stopCode: ['TaskFailedToStart'] }],
      },
    },
    state: 'ENABLED',
    targets: [
      {
        id: 'alarms',
        arn: topicArn,
        inputTransformer: {
          inputPathsMap: { reason: '$.detail.stoppedReason', run: '$.detail.taskArn', at: '$.time' },
          inputTemplate: `"Scheduled task ${task} of ${service} (${project}/${environment}) failed at <at>: <reason>. Its log: platform logs ${service} --env ${environment}. <run>"`,
        },
      },
    ],
  });
}
