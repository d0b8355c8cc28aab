import type { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ApiRoute, ApiSettings } from '../api-settings.ts';
import { apigateway } from '../aws-cdk.ts';
import { cacheKeys, declared } from '../cache-keys.ts';
import { pascal } from '../names.ts';
import { transformed } from '../transformed-method.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { invocationUri } from './lambda-target.ts';

export interface RestRoutesProps {
  api: CfnRestApi;
  settings: ApiSettings;
  /** The function that answers what no route is for. */
  handler: LambdaFunction;
  handlerOf: (route: ApiRoute) => LambdaFunction;
  authorization: { authorizationType: string; authorizerId?: string };
  /** Of the API; absent: nothing is checked. */
  validator?: string;
  preflight: (id: string, resourceId: string) => CfnResource | undefined;
}

/**
 * Requests that are answered in a way of their own. API Gateway takes the resource that fits best and looks for a
 * method there and nowhere else: whatever a path of ours does not name goes on to the API's own function.
 */
export class RestRoutes extends Construct {
  readonly made: CfnResource[] = [];
  readonly #paths = new Map<string, string>();
  readonly #props: RestRoutesProps;

  constructor(scope: Construct, id: string, props: RestRoutesProps) {
    super(scope, id);
    this.#props = props;
    const { api, settings, handler, authorization, validator } = props;
    const routes = Object.entries(settings.routes ?? {}).map(([key, route]) => {
      const [method = '', path = ''] = key.split(' ');
      return { method, path, route };
    });
    this.#paths.set('', api.attrRootResourceId);
    for (const { path } of routes) this.#resource(path);
    for (const { method, path, route } of routes) this.#method(method, path, route);
    for (const [path, resourceId] of this.#paths) {
      if (path === '') continue;
      const name = nameOf(path);
      const keys = cacheKeys(settings, { inPath: inPath(path) });
      if (!routes.some((one) => one.path === path && one.method === 'ANY'))
        this.made.push(
          new apigateway.CfnMethod(this, `${name}Others`, {
            restApiId: api.ref,
            resourceId,
            httpMethod: 'ANY',
            ...authorization,
            apiKeyRequired: settings.apiKeys,
            ...(validator ? { requestValidatorId: validator } : {}),
            requestParameters: declared(inPath(path), keys),
            integration: { ...integrationOf(handler), ...kept(keys) },
          }),
        );
      const asked = props.preflight(name, resourceId);
      if (asked) this.made.push(asked);
    }
  }

  /** The resource of a path, with those that lead there. */
  #resource(path: string): string {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const parentId = this.#resource(path.slice(0, cut));
    const made = new apigateway.CfnResource(this, nameOf(path), {
      restApiId: this.#props.api.ref,
      parentId,
      pathPart: path.slice(cut + 1),
    });
    this.made.push(made);
    this.#paths.set(path, made.ref);
    return made.ref;
  }

  #method(method: string, path: string, route: ApiRoute) {
    const { api, settings, authorization, handlerOf } = this.#props;
    const name = `${nameOf(path)}${pascal(method.toLowerCase())}`;
    const model = route.body && this.#model(name, route.body);
    const validator = model ? this.#bodyValidator() : this.#props.validator;
    const keys = cacheKeys(settings, { inPath: inPath(path), open: route.open, transform: route.transform });
    const { integration, ...answers } = route.transform
      ? transformed(handlerOf(route), route.transform, settings.cors)
      : { integration: integrationOf(handlerOf(route)) };
    this.made.push(
      new apigateway.CfnMethod(this, `${name}Method`, {
        restApiId: api.ref,
        resourceId: this.#paths.get(path)!,
        httpMethod: method,
        ...(route.open ? { authorizationType: 'NONE' } : authorization),
        ...(route.scopes.length > 0 ? { authorizationScopes: [...route.scopes] } : {}),
        apiKeyRequired: settings.apiKeys,
        ...(validator ? { requestValidatorId: validator } : {}),
        ...(model ? { requestModels: { 'application/json': model } } : {}),
        requestParameters: declared(inPath(path), keys),
        integration: { ...integration, ...kept(keys) },
        ...answers,
      }),
    );
  }

  #model(name: string, schema: Readonly<Record<string, unknown>>): string {
    const made = new apigateway.CfnModel(this, `${name}Body`, {
      restApiId: this.#props.api.ref,
      contentType: 'application/json',
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
      schema: { $schema: 'http://json-schema.org/draft-04/schema#', ...schema },
    });
    this.made.push(made);
    return made.ref;
  }

  /** That of the API where it looks at bodies, else one of their own. */
  #bodyValidator(): string {
    const { api, settings, validator } = this.#props;
    if (validator && settings.validate.body) return validator;
    const known = this.node.tryFindChild('Bodies') as InstanceType<typeof apigateway.CfnRequestValidator> | undefined;
    if (known) return known.ref;
    const made = new apigateway.CfnRequestValidator(this, 'Bodies', {
      restApiId: api.ref,
      validateRequestBody: true,
      validateRequestParameters: settings.validate.parameters,
    });
    this.made.push(made);
    return made.ref;
  }
}

/** `/events/{id}` as part of a construct's id. */
const nameOf = (path: string): string => pascal(path.slice(1));

const inPath = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `method.request.path.${name}`);

const kept = (keys: readonly string[]) => (keys.length > 0 ? { cacheKeyParameters: [...keys] } : {});

const integrationOf = (handler: LambdaFunction) => ({
  type: 'AWS_PROXY',
  integrationHttpMethod: 'POST',
  uri: invocationUri(handler.aliasArn),
});
