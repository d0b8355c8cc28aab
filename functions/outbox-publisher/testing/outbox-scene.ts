import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ownAccessKeyId } from '../../../src/sandbox/kernel/access-keys.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { messagesOf } from '../../../src/sandbox/services/sqs/state.ts';
import type { RunningPostgres } from '../../../src/testing/start-postgres.ts';
import { outboxTable } from './outbox-table.ts';

const LETS_EVENTS_IN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
  ],
});

const [ACCOUNT, REGION] = ['000000000000', 'us-east-1'];

export interface Arrived {
  type: string;
  source: string;
  id: string;
  aggregate: string | undefined;
  detail: Record<string, unknown>;
}

/**
 * A bus whose events all arrive in a queue, a queue for dead letters, the secret of the database, and an empty outbox.
 */
export async function outboxScene(postgres: RunningPostgres, password: string) {
  const sandbox = await Sandbox.start();
  // What waits in a queue must not grow old.
  sandbox.world.pause();
  const credentials = { accessKeyId: ownAccessKeyId(ACCOUNT), secretAccessKey: 'any' };
  const settings = { endpoint: sandbox.endpoint, region: REGION, credentials };
  const [events, sqs, secrets] = [
    new EventBridgeClient(settings),
    new SQSClient(settings),
    new SecretsManagerClient(settings),
  ];
  await events.send(new CreateEventBusCommand({ Name: 'shop-events' }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'arrived', Attributes: { Policy: LETS_EVENTS_IN } }));
  const { QueueUrl: deadLetterQueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const EventPattern = JSON.stringify({ account: ['000000000000'] });
  await events.send(new PutRuleCommand({ Name: 'all', EventBusName: 'shop-events', EventPattern }));
  const Targets = [{ Id: 't', Arn: 'arn:aws:sqs:us-east-1:000000000000:arrived' }];
  await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'shop-events', Targets }));
  const { ARN: secretArn } = await secrets.send(
    new CreateSecretCommand({ Name: 'shop/main', SecretString: JSON.stringify({ username: 'master', password }) }),
  );
  outboxTable(postgres);
  const bodies = (queue: string) => [
    ...messagesOf({ world: sandbox.world, account: ACCOUNT, region: REGION }, queue)
      .values()
      .map(({ body }) => JSON.parse(body)),
  ];
  return {
    sandbox,
    secrets,
    secretArn: secretArn!,
    deadLetterQueueUrl: deadLetterQueueUrl!,
    /** What the function finds in its environment, the endpoint of AWS included. */
    env: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: sandbox.endpoint,
      DATABASE_SECRET_ARN: secretArn!,
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: 'postgres',
      DATABASE_CA_FILE: postgres.caFile,
      EVENT_BUS_NAME: 'shop-events',
      OUTBOX_TABLE: 'events_outboxevent',
      DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl!,
    },
    /** What came out of the bus, in its order. */
    arrived: (): Arrived[] =>
      bodies('arrived').map((event) => ({
        type: event['detail-type'],
        source: event.source,
        id: event.resources[0].split('/').at(-1),
        aggregate: event.resources[1]?.slice('aggregate:'.length),
        detail: event.detail,
      })),
    deadLetters: (): Record<string, unknown>[] => bodies('dead'),
    /** Adds events: of an aggregate, each with its number there. */
    write: (aggregate: string | null, payloads: readonly unknown[], type = 'Placed') => {
      const quoted = (text: string) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
      const of = aggregate === null ? 'NULL' : quoted(aggregate);
      const rows = payloads.map((payload) => `(${of}, ${quoted(type)}, ${quoted(JSON.stringify(payload))})`);
      postgres.psql(`INSERT INTO events_outboxevent (aggregate_id, event_type, payload) VALUES ${rows.join(',')}`);
    },
    rows: (): { id: number; attempts: number; published: boolean; failed: boolean; error: string | null }[] =>
      JSON.parse(
        postgres.psql(
          "SELECT coalesce(json_agg(json_build_object('id', id, 'attempts', attempts, 'published', published_at IS NOT NULL, 'failed', failed_at IS NOT NULL, 'error', last_error) ORDER BY id), '[]') FROM events_outboxevent",
        ),
      ),
    async close(): Promise<void> {
      for (const client of [events, sqs, secrets]) client.destroy();
      await sandbox.close();
      const wrong = [...sandbox.defects, ...sandbox.unknownOperations];
      if (wrong.length > 0)
        throw new AggregateError(wrong, 'the sandbox broke, or was asked what it does not simulate');
    },
    /** Lets the pauses between attempts pass. */
    makeDue: () => postgres.psql("UPDATE events_outboxevent SET next_attempt_at = now() - interval '1 second'"),
  };
}
