import type { WebRequest } from '../lambda/http-event.ts';
import type { Route } from './find-route.ts';
import { GatewayFault } from './gateway-answer.ts';
import { fitsSchema } from './json-schema.ts';
import type { DeploymentRow } from './state.ts';

/** Holds a request to what its method's validator asks for: parameters first, then the body. */
export function validateRequest(route: Route, request: WebRequest, deployment: DeploymentRow): void {
  const { declared } = route.method;
  const validator = deployment.validators.find(({ id }) => id === declared.RequestValidatorId)?.declared;
  if (!validator) return;
  if (String(validator.ValidateRequestParameters) === 'true') validateParameters(route, request);
  if (String(validator.ValidateRequestBody) === 'true') validateBody(route, request, deployment);
}

function validateParameters({ method, pathParameters }: Route, { headers, query }: WebRequest): void {
  const missing = Object.entries((method.declared.RequestParameters ?? {}) as Record<string, unknown>)
    .filter(([, required]) => String(required) === 'true')
    .flatMap(([parameter]) => {
      const [, kind, name = ''] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(parameter) ?? [];
      const value =
        kind === 'header'
          ? headers[name.toLowerCase()]
          : kind === 'path'
            ? pathParameters[name]
            : (query.get(name) ?? undefined);
      return value === undefined || value === '' ? [{ kind, name }] : [];
    });
  if (missing.length === 0) return;
  // Recording test_api_gateway_request_validator: headers, then the path, then the query.
  const order = ['header', 'path', 'querystring'];
  const names = missing.sort((a, b) => order.indexOf(a.kind!) - order.indexOf(b.kind!)).map(({ name }) => name);
  throw new GatewayFault('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${names.join(', ')}]`);
}

function validateBody({ method }: Route, { headers, body }: WebRequest, { models }: DeploymentRow): void {
  const wanted = (method.declared.RequestModels ?? {}) as Record<string, string>;
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]!.trim();
  const name = wanted[type] ?? wanted.$default;
  const schemaOf = (model: string) => {
    const schema = models.find(({ id }) => id === model)?.declared.Schema;
    return typeof schema === 'string' ? JSON.parse(schema) : schema;
  };
  const schema = name === undefined ? undefined : schemaOf(name);
  if (schema === undefined) return;
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new GatewayFault('BAD_REQUEST_BODY');
  }
  if (!fitsSchema(value, schema, schemaOf)) throw new GatewayFault('BAD_REQUEST_BODY');
}
