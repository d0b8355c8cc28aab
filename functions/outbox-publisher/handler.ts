import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { authorities } from '../postgres/certificates.ts';
import { Database } from '../postgres/open-database.ts';
import { type Deadline, timeLeft } from '../shared/deadline.ts';
import { log } from '../shared/log.ts';
import { DeadLetters } from './dead-letters.ts';
import { EventBus } from './event-bus.ts';
import { verdictOn } from './outcome.ts';
import { publish } from './publish.ts';
import { readSettings } from './settings.ts';

/** What lasts between invocations: made by the first, not by the import. */
const setUp = () => {
  const settings = readSettings(process.env);
  const secrets = new SecretsManagerClient();
  return {
    settings,
    database: new Database({ source: settings.login, authorities: authorities(settings.caFile), secrets }),
    events: new EventBridgeClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } }),
    sqs: new SQSClient(),
  };
};
let lasting: ReturnType<typeof setUp> | undefined;

/** Publishes what is due; throws when an event was refused or the bus could not be asked, so that it counts as an error. */
export async function handler(_event: unknown, context: Deadline) {
  lasting ??= setUp();
  const { settings, database, events, sqs } = lasting;
  const { hasTime, signal } = timeLeft(context);
  const bus = new EventBus(events, signal);
  const { deadLetterQueueUrl: queueUrl, table } = settings;
  const client = await database.open();
  try {
    const report = await publish({
      client,
      settings,
      put: (entries) => bus.put(entries),
      deadLetters: queueUrl ? new DeadLetters(sqs, queueUrl, table) : undefined,
      hasTime,
      log,
    });
    return verdictOn(report);
  } finally {
    await client.end().catch(() => {});
  }
}
