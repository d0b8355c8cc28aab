import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { ApiSettings } from '../api-settings.ts';
import { apigatewayv2, core } from '../aws-cdk.ts';
import { pascal } from '../names.ts';
import type { AppSettings } from '../settings.ts';
import { ApiLogs, HTTP_FORMAT } from './api-logs.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { allowInvoke } from './lambda-target.ts';
import type { UserPool } from './user-pool.ts';

export interface HttpApiProps {
  settings: AppSettings;
  own: ApiSettings;
  api: CfnApi;
  handler: LambdaFunction;
  /** Functions of routes that have one of their own, by name. */
  routeHandlers: ReadonlyMap<string, LambdaFunction>;
  users?: UserPool;
}

/** An HTTP API: one function behind every route, and a stage that follows each change by itself. */
export class HttpApi extends Construct {
  readonly accessLog: string | undefined;
  readonly stage: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { settings, own, api, handler } = props;
    const integration = new apigatewayv2.CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.aliasArn,
      payloadFormatVersion: '2.0',
    });
    const target = core.Fn.join('/', ['integrations', integration.ref]);
    const authorization = this.#authorizer(props);
    new apigatewayv2.CfnRoute(this, 'Default', { apiId: api.ref, routeKey: '$default', target, ...authorization });
    // The catch-all route would have browsers that only ask sign in:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
    if (own.cors && authorization)
      new apigatewayv2.CfnRoute(this, 'Options', { apiId: api.ref, routeKey: 'OPTIONS /{proxy+}', target });
    this.#routes(props, { target, authorization });
    allowInvoke(this, 'Invoke', {
      aliasArn: handler.aliasArn,
      sourceArn: `arn:${core.Aws.PARTITION}:execute-api:${settings.region}:${settings.account}:${api.ref}/*`,
    });
    const access = own.logging.access ? new ApiLogs(this, 'Access', settings) : undefined;
    this.stage = new apigatewayv2.CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: own.stage,
      autoDeploy: true,
      ...(access ? { accessLogSettings: { destinationArn: access.arn, format: HTTP_FORMAT } } : {}),
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        ...(own.throttle ? { throttlingBurstLimit: own.throttle.burst, throttlingRateLimit: own.throttle.rate } : {}),
      },
    }).ref;
    this.accessLog = access?.name;
  }

  #routes(
    { api, own, settings, handler, routeHandlers }: HttpApiProps,
    { target, authorization }: { target: string; authorization: Record<string, unknown> | undefined },
  ) {
    const targets = new Map<string | undefined, string>([[undefined, target]]);
    for (const [name, one] of routeHandlers) {
      if (one === handler) {
        targets.set(name, target);
        continue;
      }
      const integration = new apigatewayv2.CfnIntegration(this, `Integration${pascal(name)}`, {
        apiId: api.ref,
        integrationType: 'AWS_PROXY',
        integrationUri: one.aliasArn,
        payloadFormatVersion: '2.0',
      });
      targets.set(name, core.Fn.join('/', ['integrations', integration.ref]));
      allowInvoke(this, `Invoke${pascal(name)}`, {
        aliasArn: one.aliasArn,
        sourceArn: `arn:${core.Aws.PARTITION}:execute-api:${settings.region}:${settings.account}:${api.ref}/*`,
      });
    }
    for (const [key, route] of Object.entries(own.routes ?? {}))
      new apigatewayv2.CfnRoute(this, `Route${pascal(key)}`, {
        apiId: api.ref,
        routeKey: key,
        target: targets.get(route.handler)!,
        ...(route.open ? {} : authorization),
        ...(route.scopes.length > 0 && authorization ? { authorizationScopes: [...route.scopes] } : {}),
      });
  }

  #authorizer({ api, own: { authorizer }, users }: HttpApiProps) {
    const tokens =
      authorizer.kind === 'jwt'
        ? { issuer: authorizer.issuer, audience: [...authorizer.audience] }
        : users && { issuer: users.issuer, audience: [users.clientId] };
    if (!tokens) return undefined;
    const made = new apigatewayv2.CfnAuthorizer(this, 'Authorizer', {
      apiId: api.ref,
      name: 'tokens',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: tokens,
    });
    return { authorizationType: 'JWT', authorizerId: made.ref };
  }
}
