import { APIGateway } from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';

const API = `functions: { api: { source: src/api.ts } }
apis: { public: { handler: fn.api, logging: { level: error } } }`;
const FILES = { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' };

it('api-log-role: sick where API Gateway has no role for the logs of APIs (F-122), and gives it one with --fix', async () => {
  const project = await startDeployable({ yaml: smallYaml(API), files: FILES });
  expect((await checked(project, 'api-log-role')).checks).toMatchObject([
    { status: 'problem', severity: 'warning', failure: 'F-122', evidence: [{ value: 'absent' }], fixable: true },
  ]);
  await project.succeed('doctor --only api-log-role --fix --env dev --sandbox --yes');
  const { cloudwatchRoleArn } = await project.aws.client(APIGateway).getAccount({});
  expect(cloudwatchRoleArn).toBe('arn:aws:iam::111111111111:role/platform-api-gateway-logs');
});

it('api-log-role: healthy where somebody has given it one, and not looked at without a REST API that logs (not F-122)', async () => {
  const project = await startDeployable({ yaml: smallYaml(API), files: FILES });
  await project.succeed('doctor --only api-log-role --fix --env dev --sandbox --yes');
  expect((await checked(project, 'api-log-role')).checks).toMatchObject([
    { status: 'ok', detail: expect.stringContaining('us-east-1') },
  ]);
  project.configure(smallYaml(QUEUE));
  project.forget();
  expect((await checked(project, 'api-log-role')).checks).toMatchObject([{ status: 'skipped' }]);
  expect(project.asked()).not.toContain('apigateway:GetAccount');
});
