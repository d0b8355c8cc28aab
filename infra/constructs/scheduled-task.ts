import { Construct } from 'constructs';
import { core, events, iam } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { scheduledFamily, scheduledLogPrefix } from '../names.ts';
import { outputs } from '../outputs.ts';
import { subnetIds } from '../placement.ts';
import { trust } from '../policy.ts';
import type { AppSettings, ServiceSettings } from '../settings.ts';
import { TaskDefinition } from './task-definition.ts';

export interface ScheduledTaskProps {
  links: Links;
  settings: AppSettings;
  /** Of the service. */
  name: string;
  service: ServiceSettings;
  /** Of the scheduled task. */
  task: string;
  scheduled: { expression: string; command: readonly string[] };
}

/** EventBridge tries again for so long: a start that is later than that would only meet the next one. */
const PATIENCE_SECONDS = 3600;

/**
 * A task that runs by the clock with the image of a service's release. It stands with the service and not with its
 * one-off task, so that it changes after the migrations that its code expects.
 */
export class ScheduledTask extends Construct {
  /** Name of the rule. */
  readonly rule: string;

  constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id);
    const { links, settings, name, service, task, scheduled } = props;
    const { account, region } = settings;
    const cluster = `arn:${core.Aws.PARTITION}:ecs:${region}:${account}:cluster/${links.from('runtime', outputs.runtime.clusterName)}`;
    const taskRoleArn = links.from('tasks', outputs.tasks.taskRoleArn(name));
    const executionRoleArn = links.from('tasks', outputs.tasks.executionRoleArn(name));
    const definition = new TaskDefinition(this, 'Task', {
      links,
      settings,
      name,
      component: { ...service, command: scheduled.command },
      family: scheduledFamily(settings, name, task),
      taskRoleArn,
      executionRoleArn,
      logGroup: links.from('tasks', outputs.tasks.logGroup(name)),
      logPrefix: scheduledLogPrefix(name, task),
    });

    const starter = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust('events.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account } }),
      policies: [
        {
          policyName: 'Start',
          policyDocument: starting({ definition: definition.arn, cluster, roles: [taskRoleArn, executionRoleArn] }),
        },
      ],
    });
    const rule = new events.CfnRule(this, 'Rule', {
      scheduleExpression: scheduled.expression,
      state: 'ENABLED',
      targets: [
        {
          id: 'task',
          arn: cluster,
          roleArn: starter.attrArn,
          retryPolicy: { maximumEventAgeInSeconds: PATIENCE_SECONDS, maximumRetryAttempts: 185 },
          ecsParameters: {
            taskDefinitionArn: definition.arn,
            launchType: 'FARGATE',
            networkConfiguration: {
              awsVpcConfiguration: {
                assignPublicIp: settings.network.tasks === 'public' ? 'ENABLED' : 'DISABLED',
                subnets: subnetIds(links, settings, settings.network.tasks),
                securityGroups: [links.from('runtime', outputs.runtime.taskSecurityGroup(name))],
              },
            },
          },
        },
      ],
    });
    this.rule = rule.ref;
  }
}

/** What EventBridge needs: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html */
const starting = ({ definition, cluster, roles }: { definition: string; cluster: string; roles: string[] }) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'ecs:RunTask',
      Resource: definition,
      Condition: { ArnEquals: { 'ecs:cluster': cluster } },
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roles,
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ],
});
