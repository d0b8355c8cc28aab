import { createHash } from 'node:crypto';
import type { CfnMethod, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ApiSettings } from '../api-settings.ts';
import { overrideEarly } from '../apply-overrides.ts';
import { apigateway, core } from '../aws-cdk.ts';
import { cacheKeys, declared } from '../cache-keys.ts';
import { corsHeaders, preflight } from '../cors.ts';
import { pascal } from '../names.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { allowInvoke, invocationUri } from './lambda-target.ts';
import { RestRoutes } from './rest-routes.ts';
import type { UserPool } from './user-pool.ts';

export interface RestApiProps {
  settings: ApiSettings;
  api: CfnRestApi;
  handler: LambdaFunction;
  /** Functions of routes that have one of their own, by name. */
  routeHandlers: ReadonlyMap<string, LambdaFunction>;
  authorizer?: LambdaFunction;
  users?: UserPool;
}

/** What a REST API answers: everything goes to one function, behind its authorizer (S4-25, S4-32). */
export class RestApi extends Construct {
  /** Of exactly these answers: another deployment as soon as they change (F-124). */
  readonly deploymentId: string;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { api, handler, settings } = props;
    const made: CfnResource[] = [];
    const authorization = this.#authorizer(props, made);
    const { body, parameters } = settings.validate;
    const validator =
      body || parameters
        ? new apigateway.CfnRequestValidator(this, 'Validator', {
            restApiId: api.ref,
            validateRequestBody: body,
            validateRequestParameters: parameters,
          })
        : undefined;
    if (validator) made.push(validator);

    const rest = new apigateway.CfnResource(this, 'Rest', {
      restApiId: api.ref,
      parentId: api.attrRootResourceId,
      pathPart: '{proxy+}',
    });
    made.push(rest);
    for (const [name, resourceId] of [
      ['Root', api.attrRootResourceId],
      ['Proxy', rest.ref],
    ] as const) {
      const inPath = name === 'Proxy' ? ['method.request.path.proxy'] : [];
      const keys = cacheKeys(settings, { inPath });
      made.push(
        new apigateway.CfnMethod(this, `${name}Any`, {
          restApiId: api.ref,
          resourceId,
          httpMethod: 'ANY',
          ...authorization,
          apiKeyRequired: settings.apiKeys,
          ...(validator ? { requestValidatorId: validator.ref } : {}),
          requestParameters: declared(inPath, keys),
          integration: {
            type: 'AWS_PROXY',
            integrationHttpMethod: 'POST',
            uri: invocationUri(handler.aliasArn),
            ...(keys.length > 0 ? { cacheKeyParameters: keys, cacheNamespace: name.toLowerCase() } : {}),
          },
        }),
      );
      if (settings.cors) made.push(this.#preflight(name, { restApiId: api.ref, resourceId, cors: settings.cors }));
    }
    if (settings.routes) made.push(...this.#routes(props, authorization, validator?.ref));
    if (settings.cors) made.push(...this.#errorAnswers(api, settings.cors));
    allowInvoke(this, 'Invoke', {
      aliasArn: handler.aliasArn,
      sourceArn: executeArn(api, '/*'),
    });
    for (const [name, one] of props.routeHandlers)
      if (one !== handler)
        allowInvoke(this, `Invoke${pascal(name)}`, { aliasArn: one.aliasArn, sourceArn: executeArn(api, '/*') });
    this.deploymentId = this.#deployment(api, made);
  }

  #routes(
    { api, settings, handler, routeHandlers }: RestApiProps,
    authorization: { authorizationType: string; authorizerId?: string },
    validator: string | undefined,
  ): CfnResource[] {
    const { cors } = settings;
    return new RestRoutes(this, 'Routes', {
      api,
      settings,
      handler,
      handlerOf: (route) => (route.handler ? routeHandlers.get(route.handler)! : handler),
      authorization,
      ...(validator ? { validator } : {}),
      preflight: (id, resourceId) => cors && this.#preflight(`Routes${id}`, { restApiId: api.ref, resourceId, cors }),
    }).made;
  }

  #authorizer({ api, settings, authorizer, users }: RestApiProps, made: CfnResource[]) {
    const found = settings.authorizer;
    if (found.kind === 'function' && authorizer) {
      const one = new apigateway.CfnAuthorizer(this, 'Authorizer', {
        restApiId: api.ref,
        name: found.name,
        type: 'TOKEN',
        identitySource: 'method.request.header.Authorization',
        authorizerUri: invocationUri(authorizer.aliasArn),
        authorizerResultTtlInSeconds: found.cacheSeconds,
      });
      allowInvoke(this, 'Authorize', {
        aliasArn: authorizer.aliasArn,
        sourceArn: executeArn(api, `/authorizers/${one.ref}`),
      });
      made.push(one);
      return { authorizationType: 'CUSTOM', authorizerId: one.ref };
    }
    if (found.kind === 'cognito' && users) {
      const one = new apigateway.CfnAuthorizer(this, 'Authorizer', {
        restApiId: api.ref,
        name: 'users',
        type: 'COGNITO_USER_POOLS',
        identitySource: 'method.request.header.Authorization',
        providerArns: [users.arn],
      });
      made.push(one);
      return { authorizationType: 'COGNITO_USER_POOLS', authorizerId: one.ref };
    }
    return { authorizationType: 'NONE' };
  }

  #preflight(
    name: string,
    { restApiId, resourceId, cors }: { restApiId: string; resourceId: string; cors: NonNullable<ApiSettings['cors']> },
  ): CfnMethod {
    const { parameters, template, declared } = preflight(cors);
    return new apigateway.CfnMethod(this, `${name}Options`, {
      restApiId,
      resourceId,
      httpMethod: 'OPTIONS',
      // A browser asks before it has anything to show.
      authorizationType: 'NONE',
      integration: {
        type: 'MOCK',
        requestTemplates: { 'application/json': '{ statusCode: 204 }' },
        integrationResponses: [
          {
            statusCode: '204',
            responseParameters: parameters,
            ...(template ? { responseTemplates: { 'application/json': template } } : {}),
          },
        ],
      },
      methodResponses: [{ statusCode: '204', responseParameters: declared }],
    });
  }

  /** Answers of API Gateway itself; without these headers a browser calls every one of them a CORS error (F-126). */
  #errorAnswers(api: CfnRestApi, cors: NonNullable<ApiSettings['cors']>): CfnResource[] {
    return ['DEFAULT_4XX', 'DEFAULT_5XX'].map(
      (responseType) =>
        new apigateway.CfnGatewayResponse(this, responseType.replace('DEFAULT_', 'Answer'), {
          restApiId: api.ref,
          responseType,
          responseParameters: corsHeaders(cors),
        }),
    );
  }

  #deployment(api: CfnRestApi, made: readonly CfnResource[]): string {
    const stack = core.Stack.of(this);
    // Its compression too is that of a deployment:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
    const all = [api, ...made];
    for (const one of all) overrideEarly(one);
    const hash = createHash('sha256')
      .update(JSON.stringify(all.map((one) => stack.resolve(one._toCloudFormation()))))
      .digest('hex')
      .slice(0, 12);
    const deployment = new apigateway.CfnDeployment(this, `Deployment${hash}`, { restApiId: api.ref });
    for (const one of made) deployment.addDependency(one);
    return deployment.ref;
  }
}

const executeArn = (api: CfnRestApi, rest: string): string =>
  `arn:${core.Aws.PARTITION}:execute-api:${core.Stack.of(api).region}:${core.Stack.of(api).account}:${api.ref}${rest}`;
