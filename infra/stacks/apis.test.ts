import { describe, expect, it } from 'vitest';
import type { ApiSettings } from '../api-settings.ts';
import { checkTemplate } from '../checks/check-template.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleApi, sampleFunction, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { templates, stacks } = synthesize(wholeSettings());
const whole = templates.functions;

const made = (changes: Partial<ApiSettings> = {}, more = {}) =>
  synthesize(
    sampleSettings({
      functions: { api: sampleFunction(), guard: sampleFunction() },
      apis: { public: sampleApi(changes) },
      ...more,
    }),
  ).templates.functions;
const one = (template: Json, type: string): Json => {
  const found = propertiesOf(template, type);
  expect(found).toHaveLength(1);
  return found[0];
};
const methods = (template: Json, verb: string) =>
  propertiesOf(template, 'AWS::ApiGateway::Method').filter(({ HttpMethod }) => HttpMethod === verb);
const typeOf = (template: Json, { Ref }: Json) => template.Resources[Ref].Type;
/** The alias in an address that API Gateway is given. */
const aliasIn = (uri: Json) => uri['Fn::Join'][1].find((part: Json) => part.Ref && !part.Ref.startsWith('AWS::'));

describe('a REST API', () => {
  it('is regional, with name, description and compression as written (S4-04, S4-47, S4-63, S4-87)', () => {
    expect(one(whole, 'AWS::ApiGateway::RestApi')).toEqual({
      Name: 'Shop API',
      Description: 'Orders and customers',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      MinimumCompressionSize: 1024,
    });
  });

  it('hands every path and method to one function, whole, through its alias (S4-25, S4-32, S4-69)', () => {
    const any = methods(whole, 'ANY');
    expect(any).toHaveLength(2);
    for (const { Integration } of any) {
      expect(Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
      expect(typeOf(whole, aliasIn(Integration.Uri))).toBe('AWS::Lambda::Alias');
    }
    expect(one(whole, 'AWS::ApiGateway::Resource').PathPart).toBe('{proxy+}');
  });

  it('may invoke its function and its authorizer, and no other API may', () => {
    const permissions = propertiesOf(whole, 'AWS::Lambda::Permission').filter(
      ({ Principal }) => Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(3);
    for (const { SourceArn } of permissions)
      expect(JSON.stringify(SourceArn)).toMatch(/"Ref":"Apis(Public|Partners)Api/);
    expect(JSON.stringify(permissions)).toContain('/authorizers/');
  });

  it('is asked by nobody without a token that its authorizer lets in, and answers are kept by token (S4-33, S4-36, S4-45, S4-86, S4-27, C32)', () => {
    const authorizer = propertiesOf(whole, 'AWS::ApiGateway::Authorizer')[0];
    expect(authorizer).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
    });
    expect(typeOf(whole, aliasIn(authorizer.AuthorizerUri))).toBe('AWS::Lambda::Alias');
    for (const { AuthorizationType, AuthorizerId } of methods(whole, 'ANY')) {
      expect(AuthorizationType).toBe('CUSTOM');
      expect(typeOf(whole, AuthorizerId)).toBe('AWS::ApiGateway::Authorizer');
    }
  });

  it('asks a user pool where that is written (S4-38)', () => {
    const template = made({ authorizer: { kind: 'cognito', mfa: 'OFF', groups: [], onDelete: 'destroy' } });
    const authorizer = one(template, 'AWS::ApiGateway::Authorizer');
    expect(authorizer.Type).toBe('COGNITO_USER_POOLS');
    expect(template.Resources[authorizer.ProviderARNs[0]['Fn::GetAtt'][0]].Type).toBe('AWS::Cognito::UserPool');
    expect(methods(template, 'ANY')[0].AuthorizationType).toBe('COGNITO_USER_POOLS');
  });

  it('has requests checked before the function is called (S4-55, S4-26)', () => {
    expect(one(whole, 'AWS::ApiGateway::RequestValidator')).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
    for (const { RequestValidatorId } of methods(whole, 'ANY'))
      expect(typeOf(whole, RequestValidatorId)).toBe('AWS::ApiGateway::RequestValidator');
    expect(resourcesOf(made(), 'AWS::ApiGateway::RequestValidator')).toEqual([]);
  });
});

describe('its stage', () => {
  const stage = one(whole, 'AWS::ApiGateway::Stage');

  it('logs, throttles, keeps answers and is traced as written (S4-48, S4-49, S4-50, S4-51, S4-56, S4-72, S4-85, S4-28, S4-144)', () => {
    expect(stage).toMatchObject({ StageName: 'v1', CacheClusterEnabled: true, CacheClusterSize: '0.5' });
    expect(stage.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        LoggingLevel: 'INFO',
        DataTraceEnabled: true,
        MetricsEnabled: true,
        ThrottlingBurstLimit: 1000,
        ThrottlingRateLimit: 500,
        CachingEnabled: true,
        CacheTtlInSeconds: 300,
        CacheDataEncrypted: true,
      },
    ]);
    const { observability } = sampleSettings();
    const traced = made({}, { observability: { ...observability, tracing: true } });
    expect(one(traced, 'AWS::ApiGateway::Stage').TracingEnabled).toBe(true);
    expect(one(made(), 'AWS::ApiGateway::Stage').CacheClusterEnabled).toBeUndefined();
  });

  it('keeps answers apart by token and path: nobody is given what another one may see', () => {
    const [root, proxy] = methods(whole, 'ANY');
    expect(root.Integration.CacheKeyParameters).toEqual(['method.request.header.Authorization']);
    expect(proxy.Integration.CacheKeyParameters).toEqual([
      'method.request.path.proxy',
      'method.request.header.Authorization',
    ]);
    expect(proxy.RequestParameters).toMatchObject({ 'method.request.header.Authorization': false });
  });

  it('keeps answers of routes apart too, by what they depend on', () => {
    const route = { open: false, scopes: [] };
    const template = made({
      cacheGb: 0.5,
      cacheQuery: ['page'],
      authorizer: { kind: 'function', name: 'guard', cacheSeconds: 300 },
      routes: {
        'GET /me': route,
        'GET /news/{id}': { ...route, open: true },
        'GET /sum': { ...route, transform: { request: { a: 'query.a', b: 'header.B' }, status: 200, errors: {} } },
      },
    });
    const keys = methods(template, 'GET').map(({ Integration }) => Integration.CacheKeyParameters);
    expect(keys).toEqual([
      ['method.request.header.Authorization', 'method.request.querystring.page'],
      ['method.request.path.id', 'method.request.querystring.page'],
      [
        'method.request.header.Authorization',
        'method.request.querystring.page',
        'method.request.querystring.a',
        'method.request.header.B',
      ],
    ]);
    for (const { RequestParameters, Integration } of propertiesOf(template, 'AWS::ApiGateway::Method'))
      expect(Object.keys(RequestParameters ?? {})).toEqual(
        expect.arrayContaining(Integration.CacheKeyParameters ?? []),
      );
  });

  it('writes one line for each request, with these fields (S4-71, S4-75)', () => {
    const { DestinationArn, Format } = stage.AccessLogSetting;
    expect(whole.Resources[DestinationArn['Fn::GetAtt'][0]].Properties.RetentionInDays).toBe(7);
    expect(Object.keys(JSON.parse(Format))).toEqual([
      'requestId',
      'ip',
      'requestTime',
      'httpMethod',
      'resourcePath',
      'status',
      'protocol',
      'responseLength',
      'latency',
      'error',
    ]);
  });

  it('has the execution log bounded too, before API Gateway makes one that is kept for ever (S4-169, C18)', () => {
    const [id, group] = Object.entries<Json>(whole.Resources).find(([, { Properties }]) =>
      JSON.stringify(Properties?.LogGroupName ?? '').includes('API-Gateway-Execution-Logs_'),
    )!;
    expect(group.Properties.RetentionInDays).toBe(7);
    expect(resourcesOf(whole, 'AWS::ApiGateway::Stage')[0].DependsOn).toContain(id);
    const silent = made({ logging: { level: 'OFF', dataTrace: false, access: false } });
    expect(JSON.stringify(silent)).not.toContain('API-Gateway-Execution-Logs_');
    expect(one(silent, 'AWS::ApiGateway::Stage').AccessLogSetting).toBeUndefined();
  });

  it('has a plan and a key where callers need one (S4-80, S4-81)', () => {
    expect(one(whole, 'AWS::ApiGateway::UsagePlan')).toMatchObject({ Throttle: { BurstLimit: 1000, RateLimit: 500 } });
    expect(one(whole, 'AWS::ApiGateway::UsagePlanKey').KeyType).toBe('API_KEY');
    expect(one(whole, 'AWS::ApiGateway::ApiKey')).toEqual({ Enabled: true });
    for (const { ApiKeyRequired } of methods(whole, 'ANY')) expect(ApiKeyRequired).toBe(true);
    expect(resourcesOf(made(), 'AWS::ApiGateway::ApiKey')).toEqual([]);
  });
});

describe('a change of an API', () => {
  const deployment = (template: Json) =>
    Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::ApiGateway::Deployment');

  it('reaches the stage: it is another deployment, and nothing else is (F-124)', () => {
    const id = (changes: Partial<ApiSettings>) => deployment(made(changes))[0];
    const cors = { origins: ['https://a.example.com'], methods: ['GET'], headers: [] };
    expect(id({})).toBe(id({}));
    expect(id({ cors })).not.toBe(id({}));
    expect(id({ apiKeys: true })).not.toBe(id({}));
    expect(id({ cors })).not.toBe(id({ cors: { ...cors, origins: ['https://b.example.com'] } }));
    expect(id({ throttle: { burst: 1, rate: 1 } })).toBe(id({}));
    expect(one(made(), 'AWS::ApiGateway::Stage').DeploymentId.Ref).toBe(id({}));
    expect(id({ minCompressionBytes: 0 })).not.toBe(id({}));
    const overrides = {
      'functions/Apis/Public/Answers/ProxyAny': { properties: { 'Integration.TimeoutInMillis': 9000 }, remove: [] },
    };
    expect(deployment(made({}, { overrides }))[0]).not.toBe(id({}));
  });

  it('is deployed after every method: an earlier deployment would not hold them', () => {
    const [id] = deployment(whole);
    const after = whole.Resources[id!].DependsOn;
    const ids = Object.keys(whole.Resources).filter((one_) => whole.Resources[one_].Type === 'AWS::ApiGateway::Method');
    expect(after).toEqual(expect.arrayContaining(ids));
  });
});

describe('CORS', () => {
  it('answers who asks first, without a token (S4-52, S4-53, S4-54, S4-79, S4-29)', () => {
    for (const { AuthorizationType, Integration, MethodResponses } of methods(whole, 'OPTIONS')) {
      expect(AuthorizationType).toBe('NONE');
      expect(Integration).toMatchObject({ Type: 'MOCK' });
      const [{ ResponseParameters }] = Integration.IntegrationResponses;
      expect(ResponseParameters).toEqual({
        'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization'",
        'method.response.header.Access-Control-Allow-Methods': "'GET,POST,PUT,DELETE,OPTIONS'",
        'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'",
        'method.response.header.Access-Control-Max-Age': "'7200'",
        'method.response.header.Vary': "'Origin'",
      });
      expect(Object.keys(MethodResponses[0].ResponseParameters).sort()).toEqual(Object.keys(ResponseParameters).sort());
    }
    expect(methods(whole, 'OPTIONS')).toHaveLength(2);
    expect(methods(made(), 'OPTIONS')).toEqual([]);
  });

  it('stands in errors as well: a browser would call every one of them a CORS error (F-126)', () => {
    const answers = propertiesOf(whole, 'AWS::ApiGateway::GatewayResponse');
    expect(answers.map(({ ResponseType }) => ResponseType)).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX']);
    for (const { ResponseParameters } of answers)
      expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe(
        "'https://app.example.com'",
      );
  });

  it('tells each of several origins its own, and others nothing', () => {
    const cors = { origins: ['https://a.example.com', 'https://b.example.com'], methods: ['GET'], headers: [] };
    const [options] = methods(made({ cors }), 'OPTIONS');
    const [{ ResponseParameters, ResponseTemplates }] = options.Integration.IntegrationResponses;
    expect(ResponseParameters['method.response.header.Access-Control-Allow-Origin']).toBeUndefined();
    expect(ResponseTemplates['application/json']).toContain('$origin == "https://b.example.com"');
  });
});

describe('an HTTP API', () => {
  it('hands every route to the function, behind tokens of its users, and lets browsers ask first', () => {
    const routes = propertiesOf(whole, 'AWS::ApiGatewayV2::Route');
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['$default', 'JWT'],
      ['OPTIONS /{proxy+}', undefined],
    ]);
    expect(one(whole, 'AWS::ApiGatewayV2::Integration')).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
    expect(one(whole, 'AWS::ApiGatewayV2::Api').CorsConfiguration).toMatchObject({ AllowOrigins: ['*'] });
    expect(one(whole, 'AWS::ApiGatewayV2::Stage')).toMatchObject({
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 10, ThrottlingRateLimit: 5 },
    });
  });

  it('takes tokens of others without a function (S4-38)', () => {
    const template = made({
      kind: 'http',
      authorizer: { kind: 'jwt', issuer: 'https://login.example.com', audience: ['app'] },
    });
    expect(one(template, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['app'] },
    });
  });

  it('has users that sign in with a second factor, in groups, and stay where they matter (S4-38, S4-40, S4-41)', () => {
    const [pool] = resourcesOf(whole, 'AWS::Cognito::UserPool');
    expect(pool).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { MfaConfiguration: 'OPTIONAL', DeletionProtection: 'ACTIVE' },
    });
    expect(one(whole, 'AWS::Cognito::UserPoolGroup').GroupName).toBe('admin');
    expect(one(whole, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      GenerateSecret: false,
      EnableTokenRevocation: true,
    });
  });
});

describe('the address of an API', () => {
  it('is a domain over TLS 1.2 with a certificate that the CLI brings (S4-76, S4-77, S4-78)', () => {
    expect(one(whole, 'AWS::ApiGateway::DomainName')).toEqual({
      DomainName: 'orders.example.com',
      RegionalCertificateArn: { Ref: 'CertificateApiPublic' },
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
    expect(one(whole, 'AWS::ApiGateway::BasePathMapping').Stage.Ref).toMatch(/Stage/);
    const http = made({ kind: 'http', domain: { name: 'a.example.com', certificateArn: 'arn:aws:acm:x' } });
    expect(one(http, 'AWS::ApiGatewayV2::DomainName').DomainNameConfigurations).toEqual([
      { CertificateArn: 'arn:aws:acm:x', EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
    ]);
    expect(stacks.find(({ id }) => id === 'functions')!.parameters.CertificateApiPublic).toEqual({
      from: 'state',
      key: 'certificate/apis/public',
    });
    expect(whole.Outputs.ApiUrlPublic.Value).toBe('https://orders.example.com');
  });

  it('is told to its own function, which is made with it', () => {
    const template = synthesize(
      sampleSettings({
        functions: { api: sampleFunction({ environment: { SELF: [{ of: 'api-url', name: 'public' }] } }) },
        apis: { public: sampleApi() },
      }),
    ).templates.functions;
    const { SELF } = one(template, 'AWS::Lambda::Function').Environment.Variables;
    expect(SELF).toEqual(template.Outputs.ApiUrlPublic.Value);
  });
});

it('an API keeps every promise about rights and exposure', () => {
  expect(checkTemplate(whole, factsOf('dev'))).toEqual([]);
});

describe('routes', () => {
  const routed = (changes: Partial<ApiSettings> = {}) =>
    made(
      {
        authorizer: { kind: 'function', name: 'guard', cacheSeconds: 300 },
        cors: { origins: ['*'], methods: ['POST'], headers: ['Content-Type'] },
        routes: {
          'POST /events': { handler: 'events', open: false, scopes: [], body: { type: 'object', required: ['at'] } },
          'GET /events/{id}': { open: true, scopes: [] },
        },
        ...changes,
      },
      { functions: { api: sampleFunction(), guard: sampleFunction(), events: sampleFunction() } },
    );
  const template = routed();
  const at = (path: string, verb: string) =>
    methods(template, verb).filter(({ ResourceId }) => pathOf(template, ResourceId) === path);
  const pathOf = (of: Json, resource: Json): string => {
    const found = of.Resources[resource.Ref];
    return found ? `${pathOf(of, found.Properties.ParentId)}/${found.Properties.PathPart}` : '';
  };
  const answers = ({ Integration }: Json) =>
    template.Resources[aliasIn(Integration.Uri).Ref].Properties.FunctionName.Ref;

  it('go to the function that each names, past the authorizer where they are open', () => {
    const [post] = at('/events', 'POST');
    expect(answers(post)).toMatch(/^FunctionsEvents/);
    expect(post.AuthorizationType).toBe('CUSTOM');
    const [get] = at('/events/{id}', 'GET');
    expect(answers(get)).toMatch(/^FunctionsApi/);
    expect(get.AuthorizationType).toBe('NONE');
    expect(get.RequestParameters).toEqual({ 'method.request.path.id': true });
  });

  it('leave every other method of their paths to the function of the API, behind its authorizer', () => {
    for (const path of ['/events', '/events/{id}', '/{proxy+}', '']) {
      const [others] = at(path, 'ANY');
      expect(answers(others)).toMatch(/^FunctionsApi/);
      expect(others.AuthorizationType).toBe('CUSTOM');
      expect(at(path, 'OPTIONS')).toHaveLength(1);
    }
  });

  it('have bodies checked against their schema before any function is called (S4-26, S4-55)', () => {
    const [model] = resourcesOf(template, 'AWS::ApiGateway::Model');
    expect(model.Properties).toMatchObject({
      ContentType: 'application/json',
      Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: ['at'] },
    });
    const [post] = at('/events', 'POST');
    expect(template.Resources[post.RequestModels['application/json'].Ref]).toBe(model);
    expect(template.Resources[post.RequestValidatorId.Ref].Properties.ValidateRequestBody).toBe(true);
    expect(at('/events', 'ANY')[0].RequestValidatorId).toBeUndefined();
  });

  it('are invoked by this API alone, each function by a permission of its own', () => {
    const permissions = propertiesOf(template, 'AWS::Lambda::Permission').filter(
      ({ Principal }) => Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(3);
  });

  it('of an HTTP API are routes, with scopes of the tokens that it reads', () => {
    const http = routed({
      kind: 'http',
      cors: undefined,
      authorizer: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['shop'] },
      routes: {
        'POST /events': { handler: 'events', open: false, scopes: ['events:write'] },
        'GET /a-b': { open: true, scopes: [] },
        'GET /a/b': { open: false, scopes: [] },
      },
    });
    const routes = propertiesOf(http, 'AWS::ApiGatewayV2::Route');
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['$default', 'GET /a-b', 'GET /a/b', 'POST /events']);
    const post = routes.find(({ RouteKey }) => RouteKey === 'POST /events');
    expect(post).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: ['events:write'] });
    expect(routes.find(({ RouteKey }) => RouteKey === 'GET /a-b').AuthorizationType).toBeUndefined();
    expect(propertiesOf(http, 'AWS::ApiGatewayV2::Integration')).toHaveLength(2);
  });

  it('count by key against a quota (S4-82)', () => {
    const counted = made({ apiKeys: true, quota: { limit: 10_000, period: 'MONTH' } });
    expect(one(counted, 'AWS::ApiGateway::UsagePlan').Quota).toEqual({ Limit: 10_000, Period: 'MONTH' });
  });
});
