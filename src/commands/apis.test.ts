import { APIGateway } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`secrets: { jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } } }
functions:
  api: { source: src/api.ts, env: { SELF: "\${api.public.url}" } }
apis:
  public:
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET", context: [userId] }
    cors: { origins: ["https://app.example.com"] }
    throttle: { burst: 10, rate: 5 }
    logging: { level: info }
  open: { kind: http, handler: fn.api }
`);
const FILES = { 'src/api.ts': 'export const handler = async (): Promise<unknown> => ({ statusCode: 200 });\n' };

describe('APIs', () => {
  it('are deployed with their functions and authorizer, and change nothing the second time (S4-04, S4-33, S4-49, F-122)', async () => {
    const { aws, succeed, writes, forget } = await startDeployable({ yaml: YAML, files: FILES });
    const first = (await succeed('deploy --env dev --yes --json')).json();
    expect(first.unsetVariables).toEqual([]);
    // Made once, for every API of the account.
    const { cloudwatchRoleArn } = await aws.client(APIGateway, { account: '111111111111' }).getAccount({});
    expect(cloudwatchRoleArn).toBe('arn:aws:iam::111111111111:role/platform-api-gateway-logs');
    expect(first.outputs['apis.public.url']).toMatch(
      /^https:\/\/[a-z0-9-]+\.execute-api\.us-east-1\.amazonaws\.com\/v1$/,
    );
    expect(first.functions.map(({ name }: { name: string }) => name)).toEqual(['api', 'public-authorizer']);
    forget();
    const again = (await succeed('deploy --env dev --yes --json')).json();
    expect(again.stacks.every(({ action }: { action: string }) => action === 'none')).toBe(true);
    expect(writes()).toEqual([]);
  });
});
