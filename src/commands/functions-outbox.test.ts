import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxTable } from '../../functions/outbox-publisher/testing/outbox-table.ts';
import { messagesOf } from '../sandbox/services/sqs/state.ts';
import { startDeployable } from '../testing/deployable.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../testing/start-postgres.ts';

const YAML = `project: shop
databases: { main: { databaseName: postgres, acu: { min: 0.5, max: 2 } } }
buses: { domain: { name: shop-events } }
functions:
  publisher:
    source: builtin:outbox-publisher
    timeoutSeconds: 60
    uses: [db.main, bus.domain]
    trigger: { on: schedule, rate: rate(1 minute) }
    outbox: { table: events_outboxevent, maxAttempts: 1 }
environments: { dev: { kind: dev, account: "111111111111" } }
`;
const PASSWORD = 'c@nary p/w';
const ACCOUNT = '111111111111';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

describe.skipIf(!postgresPrograms)('a deployed outbox publisher', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ password: PASSWORD });
  }, 60_000);
  afterAll(() => postgres.stop());

  it('publishes a table to the bus and sets aside what is refused, with the code, the names and the queue that the stack gave it (S0-10, S0-22, S0-31, S0-33)', async () => {
    const { succeed, aws } = await startDeployable({ yaml: YAML });
    await succeed('deploy --env dev --yes');
    const lambda = aws.client(LambdaClient);
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    const FunctionName = Functions.find(({ Environment }) => Environment?.Variables?.OUTBOX_TABLE)!.FunctionName!;
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const given = Environment!.Variables!;

    // The sandbox's cluster has no server here: the address and the login become those of one that is there.
    const SecretString = JSON.stringify({ username: 'master', password: PASSWORD });
    const secrets = aws.client(SecretsManagerClient);
    await secrets.send(new PutSecretValueCommand({ SecretId: given.DATABASE_SECRET_ARN, SecretString }));
    const there = {
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(postgres.port),
      DATABASE_CA_FILE: postgres.caFile,
    };
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...given, ...there } } }),
    );
    await aws.settle();
    outboxTable(postgres);
    postgres.psql(
      `INSERT INTO events_outboxevent (aggregate_id, event_type, payload) VALUES ('o1', 'Placed', '{"n":1}'), ('o1', 'Paid', '{"n":2}'), ('o2', 'Bad', '"no object"')`,
    );
    const Policy = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
      ],
    });
    await aws.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'arrived', Attributes: { Policy } }));
    const events = aws.client(EventBridgeClient);
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    const schedule = Rules.find(({ ScheduleExpression }) => ScheduleExpression === 'rate(1 minute)')!;
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: schedule.Name }));
    expect([schedule.State, ...Targets.map(({ Arn }) => Arn)]).toEqual([
      'ENABLED',
      `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${FunctionName}:live`,
    ]);
    const bus = { EventBusName: 'shop-events', Rule: 'all' };
    await events.send(
      new PutRuleCommand({
        EventBusName: bus.EventBusName,
        Name: bus.Rule,
        EventPattern: `{"account":["${ACCOUNT}"]}`,
      }),
    );
    const Arn = `arn:aws:sqs:us-east-1:${ACCOUNT}:arrived`;
    await events.send(new PutTargetsCommand({ ...bus, Targets: [{ Id: 't', Arn }] }));

    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(Payload!).toString())).toMatchObject({
      errorType: 'PublishingFailed',
      errorMessage: '1 events were refused, 1 of them for the last time; 2 were published',
    });
    const bodies = (queue: string) =>
      messagesOf(aws.scope, queue)
        .values()
        .map(({ body }) => JSON.parse(body));
    expect(bodies('arrived').map((event) => [event['detail-type'], event.detail])).toEqual([
      ['Placed', { n: 1 }],
      ['Paid', { n: 2 }],
    ]);
    const deadLetters = given.DEAD_LETTER_QUEUE_URL!.split('/').at(-1)!;
    expect(bodies(deadLetters)).toEqual([expect.objectContaining({ id: '3', type: 'Bad', aggregate: 'o2' })]);
  });
});
