import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { bundle } from '../../../functions/shared/bundle.ts';
import { LambdaProcess } from '../../../functions/testing/lambda-process.ts';
import { ownAccessKeyId } from '../../sandbox/kernel/access-keys.ts';
import { Sandbox } from '../../sandbox/sandbox.ts';
import { messagesOf } from '../../sandbox/services/sqs/state.ts';
import type { RunningPostgres } from '../start-postgres.ts';

const TEMPLATE = join(import.meta.dirname, '..', '..', '..', 'templates', 'dispatcher');
const [ACCOUNT, REGION] = ['000000000000', 'us-east-1'];

export interface Message {
  messageId: string;
  body: string;
}

/** The template's table, its queue, and its two functions as bundles that any number of processes may run. */
export async function dispatcherScene(postgres: RunningPostgres, password: string) {
  const sandbox = await Sandbox.start();
  sandbox.world.pause();
  const credentials = { accessKeyId: ownAccessKeyId(ACCOUNT), secretAccessKey: 'any' };
  const settings = { endpoint: sandbox.endpoint, region: REGION, credentials };
  const [sqs, secrets] = [new SQSClient(settings), new SecretsManagerClient(settings)];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
  const SecretString = JSON.stringify({ username: 'master', password });
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'bday/main', SecretString }));
  postgres.psql('DROP TABLE IF EXISTS scheduled_events');
  postgres.psql(readFileSync(join(TEMPLATE, 'schema.sql'), 'utf8'));

  const folder = mkdtempSync(join(tmpdir(), 'dispatcher-'));
  const built = (name: string) => join(folder, `${name}.js`);
  for (const name of ['scheduler', 'worker']) await bundle(join(TEMPLATE, `${name}.ts`), built(name));

  /** How often each event was acted on, by its idempotency key, and what the webhook answers next. */
  const acts = new Map<string, number>();
  const answers: number[] = [];
  const webhook = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    const status = answers.shift() ?? 200;
    if (status === 200) acts.set(key, (acts.get(key) ?? 0) + 1);
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((ready) => webhook.listen(0, '127.0.0.1', ready));

  const running = new Set<LambdaProcess>();
  onTestFinished(async () => {
    for (const lambda of running) await lambda.end();
    webhook.closeAllConnections();
    webhook.close();
    for (const client of [sqs, secrets]) client.destroy();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
    const wrong = [...sandbox.defects, ...sandbox.unknownOperations];
    if (wrong.length > 0) throw new AggregateError(wrong, 'the sandbox broke, or was asked what it does not simulate');
  });

  return {
    sandbox,
    acts,
    answers,
    start(name: 'scheduler' | 'worker', more: Record<string, string> = {}): LambdaProcess {
      const lambda = new LambdaProcess(built(name), {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: sandbox.endpoint,
        DATABASE_SECRET_ARN: ARN!,
        DATABASE_HOST: '127.0.0.1',
        DATABASE_PORT: String(postgres.port),
        DATABASE_NAME: 'postgres',
        DATABASE_CA_FILE: postgres.caFile,
        QUEUE_URL: QueueUrl!,
        WEBHOOK_URL: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
        ...more,
      });
      running.add(lambda);
      return lambda;
    },
    /** Everything that was sent, in its order. */
    messages: (): Message[] =>
      messagesOf({ world: sandbox.world, account: ACCOUNT, region: REGION }, 'events')
        .values()
        .map(({ id, body }) => ({ messageId: id, body })),
    /** So many events, due so long ago, or in so long. */
    schedule: (count: number, due: string) =>
      postgres.psql(
        `INSERT INTO scheduled_events (kind, payload, due_at)
         SELECT 'birthday', jsonb_build_object('n', n), now() + interval '${due}' FROM generate_series(1, ${count}) n`,
      ),
    count: (where: string) => Number(postgres.psql(`SELECT count(*) FROM scheduled_events WHERE ${where}`)),
  };
}
