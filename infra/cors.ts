import type { ApiSettings } from './api-settings.ts';

type Cors = NonNullable<ApiSettings['cors']>;

const quoted = (text: string): string => `'${text}'`;

/** Seconds for which a browser need not ask again; none keeps an answer longer than two hours. */
const MAX_AGE = 7200;

/** Of one origin, or of all; with several each request has to be told its own. */
const fixedOrigin = ({ origins }: Cors): string | undefined =>
  origins.includes('*') ? '*' : origins.length === 1 ? origins[0] : undefined;

/** What a browser is told that asks first: fixed headers, or a template that looks whose request it is. */
export function preflight(cors: Cors): {
  parameters: Record<string, string>;
  declared: Record<string, boolean>;
  template: string | undefined;
} {
  const origin = fixedOrigin(cors);
  const fixed = {
    'Access-Control-Allow-Headers': cors.headers.join(','),
    'Access-Control-Allow-Methods': [...new Set([...cors.methods, 'OPTIONS'])].join(','),
    'Access-Control-Max-Age': String(MAX_AGE),
    ...(origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin }),
    ...(origin === '*' ? {} : { Vary: 'Origin' }),
  };
  const header = (name: string) => `method.response.header.${name}`;
  return {
    parameters: Object.fromEntries(Object.entries(fixed).map(([name, value]) => [header(name), quoted(value)])),
    declared: Object.fromEntries(
      [...Object.keys(fixed), 'Access-Control-Allow-Origin'].sort().map((name) => [header(name), true]),
    ),
    template: origin === undefined ? whoseRequest(cors) : undefined,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html */
const whoseRequest = ({ origins }: Cors): string => `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")#set($origin = $input.params().header.get("origin"))#end
#if(${origins.map((one) => `$origin == "${one}"`).join(' || ')})
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;

/**
 * Headers of answers that API Gateway gives by itself. They take no template, so with several origins the asking one is
 * named: such an answer says what went wrong and nothing else.
 */
export function corsHeaders(cors: Cors): Record<string, string> {
  const origin = fixedOrigin(cors);
  return {
    'gatewayresponse.header.Access-Control-Allow-Headers': quoted(cors.headers.join(',')),
    'gatewayresponse.header.Access-Control-Allow-Origin':
      origin === undefined ? 'method.request.header.Origin' : quoted(origin),
    ...(origin === '*' ? {} : { 'gatewayresponse.header.Vary': quoted('Origin') }),
  };
}
