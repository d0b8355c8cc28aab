import type { Construct } from 'constructs';
import { balancerOf } from '../balancer.ts';
import { FargateService } from '../constructs/fargate-service.ts';
import { RollbackAlarms } from '../constructs/rollback-alarms.ts';
import { Route } from '../constructs/route.ts';
import { Scaling } from '../constructs/scaling.ts';
import { ScheduledTask } from '../constructs/scheduled-task.ts';
import { TaskDefinition } from '../constructs/task-definition.ts';
import { fitName, pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, HttpSettings, ServiceSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** One service. Reads top to bottom: how it is reached, what runs, how many, what it tells. */
export class ServiceStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings, name: string, service: ServiceSettings) {
    super(scope, `service-${name}`, settings, { description: `Service ${name}` });
    const { links } = this;
    const { http, port, health } = service;

    const route =
      http && port !== undefined
        ? new Route(this, 'Route', { links, settings, name, service, http, port, health: health ?? UNASKED })
        : undefined;
    const taskDefinition = new TaskDefinition(this, 'Task', {
      links,
      settings,
      name,
      component: service,
      family: fitName(`${settings.project}-${settings.environment}-${name}`, 255),
      taskRoleArn: links.from('tasks', outputs.tasks.taskRoleArn(name)),
      executionRoleArn: links.from('tasks', outputs.tasks.executionRoleArn(name)),
      logGroup: links.from('tasks', outputs.tasks.logGroup(name)),
      ...(port === undefined ? {} : { port }),
      ...(health ? { health } : {}),
      startSeconds: service.deployment.graceSeconds,
      ...(service.sidecars ? { sidecars: service.sidecars } : {}),
      collector: settings.observability.collector,
    });
    const balancer = balancerOf(links, settings);
    const alarms =
      route && service.rollbackAlarms
        ? new RollbackAlarms(this, 'Rollback', {
            alarms: service.rollbackAlarms,
            targetGroup: route.targetGroupName,
            ...(route.shifted ? { alternate: route.shifted.alternateName } : {}),
            loadBalancer: balancer.fullName(),
          }).names
        : undefined;
    const running = new FargateService(this, 'Run', {
      links,
      settings,
      name,
      service,
      taskDefinition: taskDefinition.arn,
      ...(route ? { route } : {}),
      ...(alarms ? { alarms } : {}),
    });
    const cluster = links.from('runtime', outputs.runtime.clusterName);
    new Scaling(this, 'Scaling', {
      resource: `${cluster}/${running.name}`,
      rules: service.scaling,
      balancer,
      ...(route ? { route } : {}),
    });

    for (const [task, scheduled] of Object.entries(service.scheduledTasks ?? {})) {
      const { rule } = new ScheduledTask(this, `Scheduled${pascal(task)}`, {
        links,
        settings,
        name,
        service,
        task,
        scheduled,
      });
      links.tell(outputs.service.scheduledRule(task), rule);
    }
    links.tell(outputs.service.serviceName, running.name);
    links.tell(outputs.service.taskDefinition, taskDefinition.arn);
    if (!route || !http) return;
    links.tell(outputs.service.targetGroupArn, route.targetGroupArn);
    if (route.shifted) {
      links.tell(outputs.service.alternateTargetGroupArn, route.shifted.alternateArn);
      links.tell(outputs.service.listenerRuleArn, route.rule.ref);
    }
    links.tell(outputs.service.url, url(http, balancer.host));
  }
}

/** A web service that says nothing of its health is asked for its front page. */
const UNASKED = { path: '/', matcher: '200', intervalSeconds: 30, timeoutSeconds: 5 };

function url({ domain, tls, listenerPort }: HttpSettings, host: () => string): string {
  if (tls) return `https://${domain}`;
  return `http://${domain ?? host()}${listenerPort === 80 ? '' : `:${listenerPort}`}`;
}
