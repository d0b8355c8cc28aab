import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetDomainNamesCommand,
  GetRouteCommand,
  GetRoutesCommand,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, CAPABILITIES, fn, outputsOf, role } from '../apigateway/api-scene.ts';
import { stackScene } from '../cloudformation/stack-scene.ts';

const echo = `exports.handler = async (event) => ({
  routeKey: event.routeKey, rawPath: event.rawPath, query: event.rawQueryString, path: event.pathParameters, body: event.body,
  stage: event.requestContext.stage, authorizer: event.requestContext.authorizer,
});`;
const within = (Type: string, Properties: object, more: object = {}) => ({
  Type: `AWS::ApiGatewayV2::${Type}`,
  Properties: { ApiId: { Ref: 'Api' }, ...Properties },
  ...more,
});
const route = (RouteKey: string, more: object = {}) =>
  within('Route', { RouteKey, Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...more });

const template = (more: Record<string, object>, api: object = {}, stage: object = { StageName: '$default' }) => ({
  Resources: {
    Role: role('lambda.amazonaws.com'),
    ...fn('Handler', echo),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'items', ProtocolType: 'HTTP', ...api } },
    Integration: within('Integration', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Handler', 'Arn'] },
      PayloadFormatVersion: '2.0',
    }),
    Stage: within('Stage', { AutoDeploy: true, ...stage }),
    ...more,
  },
  Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
});
const hostOf = ({ Endpoint = '' }: Record<string, string>) => Endpoint.slice('https://'.length);

describe('an HTTP API', () => {
  it('chooses the route that fits best, speaks format 2.0, and answers CORS by itself', async () => {
    const scene = await stackScene();
    const cors = { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'], AllowHeaders: ['x-own'], MaxAge: 60 };
    await scene.create(
      template(
        {
          List: route('GET /items'),
          One: route('GET /items/{id}'),
          Any: route('ANY /items/{id}'),
          Rest: route('GET /items/{rest+}'),
          Default: route('$default'),
        },
        { CorsConfiguration: cors },
      ),
      CAPABILITIES,
    );
    const host = hostOf(await outputsOf(scene));
    expect(host).toMatch(/^[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
    const key = async (path: string, init?: RequestInit) => (await ask(scene, host, path, init)).json();
    expect(await key('/items?x=1')).toMatchObject({ routeKey: 'GET /items', query: 'x=1', stage: '$default' });
    expect(await key('/items/7')).toMatchObject({
      routeKey: 'GET /items/{id}',
      path: { id: '7' },
      rawPath: '/items/7',
    });
    expect(await key('/items/7', { method: 'POST', body: 'hi' })).toMatchObject({
      routeKey: 'ANY /items/{id}',
      body: 'hi',
    });
    expect(await key('/items/7/8')).toMatchObject({ routeKey: 'GET /items/{rest+}', path: { rest: '7/8' } });
    expect(await key('/other')).toMatchObject({ routeKey: '$default' });

    const origin = { origin: 'https://a.example' };
    const simple = await ask(scene, host, '/items', { headers: origin });
    expect(simple.headers.get('access-control-allow-origin')).toBe('https://a.example');
    const preflight = await ask(scene, host, '/items', {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'GET' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods'), preflight.text]).toEqual([
      204,
      'GET',
      '',
    ]);
    const other = await ask(scene, host, '/items', { headers: { origin: 'https://b.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();

    const client = scene.sandbox.client(ApiGatewayV2Client);
    const { Items } = await client.send(new GetApisCommand({}));
    const ApiId = Items![0]!.ApiId!;
    expect((await client.send(new GetRoutesCommand({ ApiId }))).Items!.map(({ RouteKey }) => RouteKey)).toContain(
      'GET /items/{id}',
    );
    const [one] = (await client.send(new GetRoutesCommand({ ApiId }))).Items!;
    expect(await client.send(new GetRouteCommand({ ApiId, RouteId: one!.RouteId! }))).toMatchObject(one!);
    await expect(client.send(new GetRouteCommand({ ApiId, RouteId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect((await client.send(new GetDomainNamesCommand({}))).Items).toEqual([]);
    expect((await client.send(new GetStagesCommand({ ApiId }))).Items).toMatchObject([
      { StageName: '$default', AutoDeploy: true },
    ]);
    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('lets in who has a valid token for its audience and scope', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] };
    const issuer = createServer((request, response) => {
      const base = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
      const body = request.url === '/keys' ? keys : { issuer: base, jwks_uri: `${base}/keys` };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void issuer.close());
    const Issuer = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;

    const scene = await stackScene();
    const jwt = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Guard' } };
    await scene.create(
      template({
        Guard: within('Authorizer', {
          Name: 'guard',
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer, Audience: ['shop'] },
        }),
        Open: route('GET /items', jwt),
        Scoped: route('GET /admin', { ...jwt, AuthorizationScopes: ['admin'] }),
      }),
      CAPABILITIES,
    );
    const host = hostOf(await outputsOf(scene));
    const token = (audience: string, claims: Record<string, unknown> = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setIssuer(Issuer)
        .setAudience(audience)
        .setSubject('u')
        .setExpirationTime('1h')
        .sign(privateKey);
    const as = async (given: string | undefined, path = '/items') => {
      const answer = await ask(scene, host, path, given ? { headers: { authorization: `Bearer ${given}` } } : {});
      return [answer.status, answer.json()] as const;
    };
    expect(await as(undefined)).toEqual([401, { message: 'Unauthorized' }]);
    expect(await as(await token('other'))).toEqual([401, { message: 'Unauthorized' }]);
    expect((await as(await token('shop')))[1].authorizer.jwt.claims).toMatchObject({ sub: 'u', aud: 'shop' });
    expect(await as(await token('shop'), '/admin')).toEqual([403, { message: 'Forbidden' }]);
    expect((await as(await token('shop', { scope: 'read admin' }), '/admin'))[0]).toBe(200);
  });

  it('asks a function who may come in, and is reached under a stage and throttled there', async () => {
    const scene = await stackScene();
    const source =
      "exports.handler = async (event) => ({ isAuthorized: event.headers.authorization === 'good', context: { who: event.routeKey } });";
    await scene.create(
      template(
        {
          ...fn('GuardFunction', source),
          Guard: within('Authorizer', {
            Name: 'guard',
            AuthorizerType: 'REQUEST',
            AuthorizerUri: {
              'Fn::Sub':
                'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${GuardFunction.Arn}/invocations',
            },
            AuthorizerPayloadFormatVersion: '2.0',
            EnableSimpleResponses: true,
            IdentitySource: ['$request.header.Authorization'],
          }),
          Get: route('GET /items', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } }),
        },
        {},
        { StageName: 'v1', DefaultRouteSettings: { ThrottlingBurstLimit: 3, ThrottlingRateLimit: 0.001 } },
      ),
      CAPABILITIES,
    );
    const host = hostOf(await outputsOf(scene));
    const as = async (authorization?: string) => {
      const answer = await ask(scene, host, '/v1/items', authorization ? { headers: { authorization } } : {});
      return [answer.status, answer.json()] as const;
    };
    expect((await ask(scene, host, '/items')).status).toBe(404);
    expect((await as())[0]).toBe(401);
    expect(await as('bad')).toEqual([403, { message: 'Forbidden' }]);
    expect((await as('good'))[1]).toMatchObject({
      rawPath: '/v1/items',
      authorizer: { lambda: { who: 'GET /items' } },
    });
    expect(await as('good')).toEqual([429, { message: 'Too Many Requests' }]);
  });
});
