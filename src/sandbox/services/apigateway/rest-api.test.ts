import {
  APIGateway,
  APIGatewayClient,
  GetAccountCommand,
  GetApiKeyCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { stackScene } from '../cloudformation/stack-scene.ts';
import { detectDrift } from '../lambda/stack-drift.ts';
import { ask, CAPABILITIES, fn, outputsOf, role, URI } from './api-scene.ts';

const echo = `exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'X-Own': 'yes' },
  body: JSON.stringify({ resource: event.resource, path: event.path, method: event.httpMethod, id: event.pathParameters?.id,
    query: event.queryStringParameters, body: event.body, authorizer: event.requestContext.authorizer, stage: event.requestContext.stage }),
});`;
const method = (resource: object, HttpMethod: string, more: object = {}, integration: object = {}) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResourceId: resource,
    HttpMethod,
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: URI('Handler'), ...integration },
    ...more,
  },
});
const within = (Type: string, Properties: object, more: object = {}) => ({
  Type: `AWS::ApiGateway::${Type}`,
  Properties: { RestApiId: { Ref: 'Api' }, ...Properties },
  ...more,
});

function template(
  methods: Record<string, object>,
  more: Record<string, object> = {},
  stage: object = {},
  deployment = 'D1',
) {
  return {
    Resources: {
      Role: role('lambda.amazonaws.com'),
      ...fn('Handler', echo),
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'items' } },
      Items: within('Resource', { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'items' }),
      Item: within('Resource', { ParentId: { Ref: 'Items' }, PathPart: '{id}' }),
      ...methods,
      [deployment]: within('Deployment', {}, { DependsOn: Object.keys(methods) }),
      Stage: within('Stage', { StageName: 'prod', DeploymentId: { Ref: deployment }, ...stage }),
      ...more,
    },
    Outputs: {
      Host: { Value: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}' } },
      Id: { Value: { Ref: 'Api' } },
    },
  };
}
const items = { Ref: 'Items' };
const item = { Ref: 'Item' };

describe('a REST API', () => {
  it('hands requests to its function in format 1.0, answers routes that are not there, and shows only what was deployed (F-124)', async () => {
    const scene = await stackScene();
    const before = { Get: method(item, 'GET'), Post: method(items, 'POST') };
    await scene.create(template(before), CAPABILITIES);
    const { Host, Id } = await outputsOf(scene);
    const answer = await ask(scene, Host!, '/prod/items/a%20b?x=1&x=2');
    expect([answer.status, answer.headers.get('x-own'), answer.json()]).toEqual([
      200,
      'yes',
      {
        resource: '/items/{id}',
        path: '/items/a%20b',
        method: 'GET',
        id: 'a b',
        query: { x: '2' },
        body: null,
        stage: 'prod',
      },
    ]);
    expect((await ask(scene, Host!, '/prod/items', { method: 'POST', body: 'hello' })).json()).toMatchObject({
      body: 'hello',
    });
    // Recording TestApigatewayRouting::test_routing_not_found.
    for (const path of ['/prod/none', '/prod/items/1/2']) {
      const missing = await ask(scene, Host!, path);
      expect([missing.status, missing.json(), missing.headers.get('x-amzn-errortype')]).toEqual([
        403,
        { message: 'Missing Authentication Token' },
        'MissingAuthenticationTokenException',
      ]);
    }
    expect((await ask(scene, Host!, '/other/items')).json()).toEqual({ message: 'Forbidden' });

    const client = scene.sandbox.client(APIGatewayClient);
    expect(await client.send(new GetRestApiCommand({ restApiId: Id }))).toMatchObject({ id: Id, name: 'items' });
    const { items: found } = await client.send(new GetResourcesCommand({ restApiId: Id }));
    expect(found!.map(({ path }) => path)).toEqual(['/', '/items', '/items/{id}']);
    const { item: stages } = await client.send(new GetStagesCommand({ restApiId: Id }));
    expect(stages).toMatchObject([{ stageName: 'prod', cacheClusterStatus: 'NOT_AVAILABLE', tracingEnabled: false }]);

    const after = { ...before, Delete: method(item, 'DELETE') };
    await scene.update(template(after), CAPABILITIES);
    expect((await ask(scene, Host!, '/prod/items/1', { method: 'DELETE' })).status).toBe(403);
    await scene.update(template(after, {}, {}, 'D2'), CAPABILITIES);
    await outputsOf(scene);
    expect((await ask(scene, Host!, '/prod/items/1', { method: 'DELETE' })).status).toBe(200);
    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('asks its authorizer, remembers what it has said, and tells apart who has no token from who may not (F-123)', async () => {
    const scene = await stackScene();
    const source = `let calls = 0;
      exports.handler = async (event) => {
        calls += 1;
        const token = event.authorizationToken;
        if (token === 'expired') throw 'Unauthorized';
        const Resource = token === 'narrow' ? event.methodArn : event.methodArn.replace(/prod.*/, 'prod/*');
        return { principalId: 'u', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: token === 'bad' ? 'Deny' : 'Allow', Action: 'execute-api:Invoke', Resource }] },
          context: token === 'nested' ? { roles: ['a'] } : { calls } };
      };`;
    const guarded = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } };
    const more = {
      ...fn('GuardFunction', source),
      Guard: within('Authorizer', {
        Name: 'guard',
        Type: 'TOKEN',
        AuthorizerUri: URI('GuardFunction'),
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerResultTtlInSeconds: 300,
      }),
    };
    await scene.create(
      template({ Get: method(item, 'GET', guarded), List: method(items, 'GET', guarded) }, more),
      CAPABILITIES,
    );
    const { Host } = await outputsOf(scene);
    const as = async (token: string | undefined, path = '/prod/items') => {
      const answer = await ask(scene, Host!, path, token === undefined ? {} : { headers: { authorization: token } });
      return [answer.status, answer.json()] as const;
    };
    expect(await as(undefined)).toEqual([401, { message: 'Unauthorized' }]);
    expect(await as('expired')).toEqual([401, { message: 'Unauthorized' }]);
    expect(await as('bad')).toEqual([
      403,
      { message: 'User is not authorized to access this resource with an explicit deny' },
    ]);
    expect(await as('nested')).toEqual([500, { message: null }]);
    expect((await as('good'))[1].authorizer).toEqual({ principalId: 'u', calls: '4' });
    expect((await as('good', '/prod/items/1'))[1].authorizer).toEqual({ principalId: 'u', calls: '4' });
    expect((await as('narrow'))[0]).toBe(200);
    expect(await as('narrow', '/prod/items/1')).toEqual([
      403,
      { message: 'User is not authorized to access this resource' },
    ]);
    await scene.sandbox.advance(301_000);
    expect((await as('good'))[1].authorizer).toEqual({ principalId: 'u', calls: '6' });

    // And whoever looks for what guards a route is told.
    const gateway = scene.sandbox.client(APIGateway);
    const restApiId = (await gateway.getRestApis({})).items![0]!.id!;
    const { items: guards } = await gateway.getAuthorizers({ restApiId });
    const guard = { name: 'guard', type: 'TOKEN', authorizerResultTtlInSeconds: 300 };
    expect(guards).toMatchObject([{ ...guard, authorizerUri: expect.stringContaining('/invocations') }]);
    expect(await gateway.getAuthorizer({ restApiId, authorizerId: guards![0]!.id! })).toMatchObject(guard);
    const resourceId = (await gateway.getResources({ restApiId })).items!.find(({ path }) => path === '/items')!.id!;
    expect(await gateway.getMethod({ restApiId, resourceId, httpMethod: 'GET' })).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizerId: guards![0]!.id,
      apiKeyRequired: false,
      methodIntegration: { type: 'AWS_PROXY', httpMethod: 'POST', timeoutInMillis: 29_000 },
    });
    await expect(gateway.getMethod({ restApiId, resourceId, httpMethod: 'PUT' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Method identifier specified',
    });
    const { deploymentId, methodSettings } = await gateway.getStage({ restApiId, stageName: 'prod' });
    expect(methodSettings).toEqual({});
    expect((await gateway.getDeployment({ restApiId, deploymentId: deploymentId! })).id).toBe(deploymentId);
  });

  it('validates parameters and bodies (recordings test_api_gateway_request_validator*), in its own words where it has some (F-126)', async () => {
    const scene = await stackScene();
    const more = {
      Body: within('Model', {
        Name: 'Body',
        ContentType: 'application/json',
        Schema: {
          $schema: 'http://json-schema.org/draft-04/schema#',
          type: 'object',
          required: ['name', 'size'],
          properties: {
            name: { type: 'string', minLength: 2 },
            size: { type: 'integer', minimum: 1 },
            tag: { enum: ['a'] },
          },
          additionalProperties: false,
        },
      }),
      All: within('RequestValidator', { Name: 'all', ValidateRequestBody: true, ValidateRequestParameters: true }),
      Default4xx: within('GatewayResponse', {
        ResponseType: 'DEFAULT_4XX',
        ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://a.example'" },
      }),
    };
    const checked = {
      RequestValidatorId: { Ref: 'All' },
      RequestModels: { 'application/json': { Ref: 'Body' } },
      RequestParameters: {
        'method.request.header.x-header-param': true,
        'method.request.querystring.qs1': true,
        'method.request.header.free': false,
      },
    };
    await scene.create(template({ Post: method(items, 'POST', checked) }, more), CAPABILITIES);
    const { Host } = await outputsOf(scene);
    const post = async (query: string, body: string, headers: Record<string, string> = { 'x-header-param': 'v' }) => {
      const answer = await ask(scene, Host!, `/prod/items${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      return [answer.status, answer.json().message, answer.headers.get('access-control-allow-origin')];
    };
    const origin = 'https://a.example';
    expect(await post('', '{}', {})).toEqual([
      400,
      'Missing required request parameters: [x-header-param, qs1]',
      origin,
    ]);
    expect(await post('', '{}')).toEqual([400, 'Missing required request parameters: [qs1]', origin]);
    for (const wrong of [
      '{no',
      '{}',
      '{"name":"x","size":1}',
      '{"name":"xy","size":1.5}',
      '{"name":"xy","size":1,"more":1}',
      '{"name":"xy","size":1,"tag":"b"}',
    ])
      expect(await post('?qs1=1', wrong)).toEqual([400, 'Invalid request body', origin]);
    expect(await post('?qs1=1', '{"name":"xy","size":1,"tag":"a"}')).toEqual([200, undefined, null]);

    const gateway = scene.sandbox.client(APIGateway);
    const restApiId = (await gateway.getRestApis({})).items![0]!.id!;
    const { items: known } = await gateway.getModels({ restApiId });
    expect(known!.map(({ name, contentType }) => [name, contentType])).toEqual(
      ['Empty', 'Error', 'Body'].map((name) => [name, 'application/json']),
    );
    expect((await gateway.getRequestValidators({ restApiId })).items).toMatchObject([
      { name: 'all', validateRequestBody: true, validateRequestParameters: true },
    ]);
    expect((await gateway.getGatewayResponses({ restApiId })).items).toMatchObject([{ responseType: 'DEFAULT_4XX' }]);
  });

  it('lets in who has a key of a plan, as often as the plan says, and answers preflights without a function', async () => {
    const scene = await stackScene();
    const preflight = method(
      items,
      'OPTIONS',
      { MethodResponses: [{ StatusCode: '204' }] },
      {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{ statusCode: 204 }' },
        IntegrationResponses: [
          { StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Methods': "'GET'" } },
        ],
      },
    );
    const more = {
      Key: {
        Type: 'AWS::ApiGateway::ApiKey',
        Properties: { Name: 'k', Enabled: true, Value: 'abcdefghijklmnopqrstuvwxyz' },
      },
      Plan: {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: {
          UsagePlanName: 'p',
          ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
          Quota: { Limit: 2, Period: 'DAY' },
        },
      },
      PlanKey: {
        Type: 'AWS::ApiGateway::UsagePlanKey',
        Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
      },
    };
    await scene.create(
      template({ Get: method(items, 'GET', { ApiKeyRequired: true }), Options: preflight }, more),
      CAPABILITIES,
    );
    const { Host } = await outputsOf(scene);
    const as = async (key?: string) => {
      const answer = await ask(scene, Host!, '/prod/items', key === undefined ? {} : { headers: { 'x-api-key': key } });
      return [answer.status, answer.json().message];
    };
    expect(await as()).toEqual([403, 'Forbidden']);
    expect(await as('wrong')).toEqual([403, 'Forbidden']);
    for (const expected of [200, 200, 429]) expect((await as('abcdefghijklmnopqrstuvwxyz'))[0]).toBe(expected);
    const options = await ask(scene, Host!, '/prod/items', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('access-control-allow-methods')]).toEqual([204, 'GET']);
    const gateway = scene.sandbox.client(APIGateway);
    const [plan] = (await gateway.getUsagePlans({})).items!;
    expect(await gateway.getUsagePlan({ usagePlanId: plan!.id! })).toMatchObject({ name: 'p', quota: { limit: 2 } });
    const { items: keys } = await gateway.getUsagePlanKeys({ usagePlanId: plan!.id! });
    expect(keys).toMatchObject([{ name: 'k', type: 'API_KEY' }]);
    const none = new GetApiKeyCommand({ apiKey: 'none' });
    await expect(scene.sandbox.client(APIGatewayClient).send(none)).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('throttles, gives up on slow functions, and says 502 where a handler fails (F-125)', async () => {
    const scene = await stackScene();
    const throttled = {
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 }],
    };
    const source =
      "exports.handler = async (event) => { if (event.path === '/items') await new Promise((resolve) => setTimeout(resolve, 2000)); throw new Error('no'); };";
    await scene.create(
      template(
        { Get: method(item, 'GET'), List: method(items, 'GET', {}, { TimeoutInMillis: 300 }) },
        fn('Handler', source),
        throttled,
      ),
      CAPABILITIES,
    );
    const { Host } = await outputsOf(scene);
    const get = async (path: string) => {
      const answer = await ask(scene, Host!, path);
      return [answer.status, answer.json().message];
    };
    expect(await get('/prod/items/1')).toEqual([502, 'Internal server error']);
    expect(await get('/prod/items')).toEqual([504, 'Endpoint request timed out']);
    expect(await get('/prod/items/1')).toEqual([429, 'Too Many Requests']);
  });

  it('logs only with a role of the account (F-122), and then every call in its format', async () => {
    const scene = await stackScene();
    const log = {
      AccessLogSetting: {
        DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] },
        Format: '$context.requestId $context.httpMethod $context.resourcePath $context.status $context.nothing',
      },
    };
    const more = { Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'access' } } };
    await scene.create(template({ Get: method(items, 'GET') }, more, log), { ...CAPABILITIES, DisableRollback: true });
    expect((await scene.events()).find((line) => line.startsWith('Stage CREATE_FAILED'))).toContain(
      'CloudWatch Logs role ARN must be set in account settings to enable logging',
    );
    const account = {
      LogRole: role('apigateway.amazonaws.com'),
      Account: {
        Type: 'AWS::ApiGateway::Account',
        Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['LogRole', 'Arn'] } },
      },
    };
    const whole = template({ Get: method(items, 'GET') }, { ...more, ...account }, log);
    Object.assign(whole.Resources.Stage, { DependsOn: 'Account' });
    await scene.update(whole, CAPABILITIES);
    const { Host } = await outputsOf(scene);
    await ask(scene, Host!, '/prod/items');
    const { events } = await scene.sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: 'access' }));
    expect(events!.map(({ message }) => message)).toEqual([expect.stringMatching(/^[0-9a-f-]{36} GET \/items 200 -$/)]);
    const { cloudwatchRoleArn } = await scene.sandbox.client(APIGatewayClient).send(new GetAccountCommand({}));
    expect(cloudwatchRoleArn).toContain('role/');
  });
});

describe('a domain', () => {
  it('leads base paths to stages, once its certificate is issued', async () => {
    const scene = await stackScene();
    const more = {
      // The certificate's record stays in it when the stack goes, as at AWS.
      Zone: { Type: 'AWS::Route53::HostedZone', DeletionPolicy: 'Retain', Properties: { Name: 'example.com.' } },
      Certificate: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: {
          DomainName: 'api.example.com',
          ValidationMethod: 'DNS',
          DomainValidationOptions: [{ DomainName: 'api.example.com', HostedZoneId: { Ref: 'Zone' } }],
        },
      },
      Domain: {
        Type: 'AWS::ApiGateway::DomainName',
        Properties: {
          DomainName: 'api.example.com',
          RegionalCertificateArn: { Ref: 'Certificate' },
          EndpointConfiguration: { Types: ['REGIONAL'] },
        },
      },
      Mapping: {
        Type: 'AWS::ApiGateway::BasePathMapping',
        Properties: {
          DomainName: { Ref: 'Domain' },
          BasePath: 'v1',
          RestApiId: { Ref: 'Api' },
          Stage: { Ref: 'Stage' },
        },
      },
    };
    const whole = template({ Get: method(items, 'GET') }, more);
    Object.assign(whole.Outputs, { Target: { Value: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] } } });
    await scene.create(whole, CAPABILITIES);
    const { Target } = await outputsOf(scene);
    expect(Target).toMatch(/^d-[0-9a-f]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
    expect((await ask(scene, 'api.example.com', '/v1/items')).json()).toMatchObject({ path: '/items', stage: 'prod' });
    expect((await ask(scene, 'api.example.com', '/v2/items')).status).toBe(403);
    expect(await detectDrift(scene)).toEqual([]);
    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
  });
});
