import type { WebAnswer } from '../lambda/http-event.ts';
import type { Declared, Part } from './state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const DEFAULTS = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null],
  AUTHORIZER_FAILURE: [500, null],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters'],
  INTEGRATION_FAILURE: [504, 'Network error communicating with endpoint'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INVALID_API_KEY: [403, 'Forbidden'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type'],
} as const satisfies Record<string, readonly [number, string | null]>;

export type GatewayError = keyof typeof DEFAULTS;

/** What API Gateway answers itself, in the API's own words where it has declared some. */
export class GatewayFault extends Error {
  readonly type: GatewayError;
  readonly shown: string | null;
  /** Beside the type, for the header that tells errors apart. */
  readonly status: number;

  constructor(type: GatewayError, shown?: string) {
    super(shown ?? type);
    this.type = type;
    [this.status, this.shown] = DEFAULTS[type] as [number, string | null];
    if (shown !== undefined) this.shown = shown;
  }
}

const ERROR_TYPES: Partial<Record<GatewayError, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  AUTHORIZER_CONFIGURATION_ERROR: 'AuthorizerConfigurationException',
  BAD_REQUEST_BODY: 'BadRequestException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  INVALID_API_KEY: 'ForbiddenException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  QUOTA_EXCEEDED: 'LimitExceededException',
  THROTTLED: 'TooManyRequestsException',
  UNAUTHORIZED: 'UnauthorizedException',
  UNSUPPORTED_MEDIA_TYPE: 'UnsupportedMediaTypeException',
};

export function gatewayAnswer(fault: GatewayFault, declared: readonly Part[]): WebAnswer {
  const own = responseFor(fault, declared);
  const message = JSON.stringify(fault.shown);
  const template = own?.ResponseTemplates?.['application/json'] ?? '{"message":$context.error.messageString}';
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const errorType = ERROR_TYPES[fault.type];
  if (errorType) headers['x-amzn-errortype'] = errorType;
  for (const [name, value] of Object.entries((own?.ResponseParameters ?? {}) as Record<string, string>)) {
    const [, header] = /^gatewayresponse\.header\.(.+)$/.exec(name) ?? [];
    const [, text] = /^'(.*)'$/.exec(value) ?? [];
    if (header && text !== undefined) headers[header.toLowerCase()] = text;
  }
  return {
    status: Number(own?.StatusCode ?? fault.status),
    headers,
    body: template
      .replaceAll('$context.error.messageString', message)
      .replaceAll('$context.error.message', fault.shown ?? '')
      .replaceAll('$context.error.responseType', fault.type),
  };
}

/** Its own, else what all errors of its class have. */
function responseFor(fault: GatewayFault, declared: readonly Part[]): Declared | undefined {
  const named = (type: string) => declared.find(({ id }) => id === type)?.declared;
  return named(fault.type) ?? named(fault.status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
}
