import { Construct } from 'constructs';
import { events } from '../aws-cdk.ts';
import { Queue } from '../constructs/queue.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** What components say to each other by way of AWS. */
export class MessagingStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'messaging', settings, { description: 'Queues and event buses', stateful: true });
    const { links } = this;
    const { messaging } = outputs;

    for (const [name, queue] of Object.entries(settings.queues)) {
      const { url, arn, deadLetters } = new Queue(this, `Queue${pascal(name)}`, queue);
      links.tell(messaging.queueUrl(name), url);
      links.tell(messaging.queueArn(name), arn);
      if (!deadLetters) continue;
      links.tell(messaging.deadLetterQueueUrl(name), deadLetters.url);
      links.tell(messaging.deadLetterQueueArn(name), deadLetters.arn);
    }
    const buses = new Construct(this, 'Buses');
    const archives = new Construct(this, 'Archives');
    for (const [name, { busName, archiveDays }] of Object.entries(settings.buses)) {
      const bus = new events.CfnEventBus(buses, pascal(name), { name: busName });
      if (archiveDays !== undefined) {
        new events.CfnArchive(archives, pascal(name), { sourceArn: bus.attrArn, retentionDays: archiveDays });
      }
      links.tell(messaging.busName(name), bus.ref);
    }
  }
}
