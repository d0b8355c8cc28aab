import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call } from '../../kernel/scope.ts';
import { partProvider } from './parts.ts';
import { badRequest, conflict, notFound } from './refusals.ts';
import { authorizers, gatewayResponses, methods, models, partsOf, resources, restApis, validators } from './state.ts';

/** A part of a path: `/` cannot be in it, braces are around the whole of it. */
const PATH_PART = /^(?:[a-zA-Z0-9._\-:$~]+|\{[a-zA-Z0-9._\-:]+\+?\})$/;

export const resource = partProvider(resources, {
  check({ RestApiId, ParentId, PathPart }, call, key) {
    const api = restApis.in(call).get(RestApiId)!;
    const siblings = partsOf(resources, RestApiId, call).filter(({ declared }) => declared.ParentId === ParentId);
    if (ParentId !== api.rootId && !resources.in(call).has(`${RestApiId}/${ParentId}`))
      throw notFound('Invalid Resource identifier specified');
    if (!PATH_PART.test(PathPart))
      throw badRequest(
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
      );
    if (siblings.some(({ id, declared }) => declared.PathPart === PathPart && id !== key))
      throw conflict(`Another resource with the same parent already has this name: ${PathPart}`);
    const isVariable = (path: string) => path.startsWith('{');
    if (isVariable(PathPart) && siblings.some(({ id, declared }) => isVariable(declared.PathPart) && id !== key))
      throw badRequest('A sibling of this resource already has a variable path part -- only one is allowed');
  },
  attributes: ({ id }) => ({ ResourceId: id }),
});

/** Methods are known by a name of their stack's. */
export const method: ResourceProvider = (() => {
  const kept = partProvider(methods, {
    key: ({ ResourceId, HttpMethod }) => `${ResourceId}/${HttpMethod}`,
    check: checkMethod,
  });
  return {
    ...kept,
    create(properties: Properties, context) {
      const key = `${properties.RestApiId}/${properties.ResourceId}/${properties.HttpMethod}`;
      if (methods.in(context.call).has(key)) throw conflict('Method already exists for this resource');
      return kept.create(properties, context);
    },
  };
})();

function checkMethod(properties: Properties, call: Call): void {
  const { RestApiId, ResourceId, AuthorizationType, AuthorizerId, RequestValidatorId, Integration } = properties;
  const api = restApis.in(call).get(RestApiId);
  if (ResourceId !== api?.rootId && !resources.in(call).has(`${RestApiId}/${ResourceId}`))
    throw notFound('Invalid Resource identifier specified');
  if (
    (AuthorizationType === 'CUSTOM' || AuthorizationType === 'COGNITO_USER_POOLS') &&
    !authorizers.in(call).has(`${RestApiId}/${AuthorizerId}`)
  )
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  if (RequestValidatorId !== undefined && !validators.in(call).has(`${RestApiId}/${RequestValidatorId}`))
    throw badRequest('Invalid Request Validator identifier specified');
  for (const name of Object.values((properties.RequestModels ?? {}) as Record<string, string>))
    if (name !== 'Empty' && name !== 'Error' && !models.in(call).has(`${RestApiId}/${name}`))
      throw badRequest(`Invalid model identifier specified: ${name}`);
  if (!Integration) return;
  if (/^(?:AWS|AWS_PROXY|HTTP|HTTP_PROXY)$/.test(Integration.Type) && !Integration.IntegrationHttpMethod)
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  const timeout = Number(Integration.TimeoutInMillis ?? 29_000);
  if (timeout < 50 || timeout > 29_000) throw badRequest('Timeout should be between 50 ms and 29000 ms');
}

export const authorizer = partProvider(authorizers, {
  check({ Name, Type, AuthorizerUri, IdentitySource, AuthorizerResultTtlInSeconds = 300, RestApiId }, call, key) {
    const others = partsOf(authorizers, RestApiId, call).filter(({ id }) => id !== key);
    if (others.some(({ declared }) => declared.Name === Name)) throw badRequest('Authorizer name must be unique');
    if (Type !== 'COGNITO_USER_POOLS' && !AuthorizerUri)
      throw badRequest(
        'Invalid authorizer URI specified. Setting the authorizer type to TOKEN or REQUEST requires a valid URI.',
      );
    if (Number(AuthorizerResultTtlInSeconds) > 3_600) throw badRequest('Authorizer TTL must be between 0 and 3600');
    if (Type === 'TOKEN' && !/^method\.request\.header\.[^,]+$/.test(IdentitySource ?? ''))
      throw badRequest('Invalid identity source specified: one header is needed');
  },
  attributes: ({ id }) => ({ AuthorizerId: id }),
});

export const requestValidator = partProvider(validators, {
  attributes: ({ id }) => ({ RequestValidatorId: id }),
});

export const model = partProvider(models, {
  key: ({ Name, RestApiId }) => Name ?? `${RestApiId}Model`,
  check({ Name }) {
    if (Name !== undefined && !/^[a-zA-Z0-9]+$/.test(Name))
      throw badRequest(`Model name must be alphanumeric: ${Name}`);
  },
});

export const gatewayResponse: ResourceProvider = {
  ...partProvider(gatewayResponses, {
    key: ({ ResponseType }) => ResponseType,
    attributes: ({ api, id }) => ({ Id: `${api}-${id}` }),
  }),
};
