import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';

const YAML = smallYaml(`functions: { api: { source: src/api.ts, timeoutSeconds: 29 } }
apis: { public: { handler: fn.api, logging: { level: off } } }
`);
const FILES = {
  'src/api.ts':
    'export const handler = async (event: { path: string }): Promise<unknown> => ({ statusCode: event.path === "/busy" ? 503 : 200, body: "" });\n',
};

it('api-answers: healthy where functions answer, errors of their own too; api-answers: sick where requests are too large or answers too late (F-125), or an authorizer is not understood (F-123; not F-123, not F-125)', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  const { outputs } = (await project.succeed('deploy --env dev --yes --json')).json();
  const at = `${project.aws.endpoint}/_apigateway/${new URL(outputs['apis.public.url']).host}/v1`;
  const seen = () => checked(project, 'api-answers', '--env dev');
  await fetch(`${at}/items`);
  await fetch(`${at}/busy`);
  expect(await seen()).toMatchObject({ exitCode: 0, checks: [{ status: 'ok', detail: '1 API' }] });

  expect((await fetch(`${at}/items`, { method: 'POST', body: Buffer.alloc(10_485_761, 'x') })).status).toBe(413);
  expect(await seen()).toMatchObject({
    exitCode: 0,
    checks: [
      {
        failure: 'F-125',
        subject: 'apis.public',
        detail: '1 request within the last hour brought more than the 10 MB that API Gateway lets through',
        evidence: [{ call: 'logs:FilterLogEvents', value: expect.stringContaining('"error":"REQUEST_TOO_LARGE"') }],
      },
    ],
  });

  // Half a minute is too long for a test: the lines are as API Gateway writes them.
  const logs = project.aws.client(CloudWatchLogs);
  const { logGroups = [] } = await logs.describeLogGroups({});
  const logGroupName = logGroups.find(({ logGroupName: name = '' }) => name.includes('Access'))!.logGroupName!;
  const write = async (logStreamName: string, line: object) => {
    await logs.createLogStream({ logGroupName, logStreamName });
    const logEvents = [{ timestamp: Date.now(), message: JSON.stringify(line) }];
    await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
  };
  await write('late', { status: '504', latency: '29012', error: 'INTEGRATION_TIMEOUT' });
  await write('authorizer', { status: '500', latency: '84', error: 'AUTHORIZER_CONFIGURATION_ERROR' });
  const { exitCode, checks } = await seen();
  expect(exitCode).toBe(1);
  expect(checks).toMatchObject([
    { failure: 'F-123', severity: 'error', remedy: expect.stringContaining('whole stage') },
    {
      failure: 'F-125',
      detail: expect.stringContaining('after 29 seconds'),
      remedy: expect.stringContaining('behind a queue'),
    },
    { failure: 'F-125' },
  ]);
});
