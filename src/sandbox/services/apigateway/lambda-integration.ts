import type { WebAnswer, WebRequest } from '../lambda/http-event.ts';
import { GatewayFault } from './gateway-answer.ts';
import { renderTemplate, type TemplateScope } from './mapping-template.ts';
import type { Declared } from './state.ts';
import type { CallEnd } from './web-call.ts';

const JSON_TYPE = 'application/json';

export interface Translated {
  integration: Declared;
  method: Declared;
  request: WebRequest;
  pathParameters: Readonly<Record<string, string>>;
  context: TemplateScope['context'];
}

/** What a function that is no proxy is given: the request as its template says. */
export function eventOfTemplate({ integration, request, pathParameters, context }: Translated): unknown {
  const type = (request.headers['content-type'] ?? JSON_TYPE).split(';')[0]!.trim();
  const template: string | undefined = integration.RequestTemplates?.[type];
  const behavior = integration.PassthroughBehavior ?? 'WHEN_NO_MATCH';
  const hasTemplates = Object.keys(integration.RequestTemplates ?? {}).length > 0;
  const body = request.body.toString('utf8');
  if (template === undefined && (behavior === 'NEVER' || (behavior === 'WHEN_NO_TEMPLATES' && hasTemplates)))
    throw new GatewayFault('UNSUPPORTED_MEDIA_TYPE');
  const query = Object.fromEntries(
    [...new Set(request.query.keys())].map((name) => [name, request.query.getAll(name).at(-1)]),
  );
  const headers = caseless(request.headers);
  const text =
    template === undefined
      ? body
      : renderTemplate(template, { body, params: [pathParameters, query, headers], context });
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    // Lambda takes nothing but JSON.
    throw new GatewayFault('API_CONFIGURATION_ERROR');
  }
}

/** Names of headers are found however they are written. */
const caseless = (headers: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  new Proxy(headers, { get: (all, name) => all[String(name).toLowerCase()] });

/**
 * The integration response whose pattern the message of an error matches as a whole, else the one without a pattern.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export function answerOfTemplate(end: Exclude<CallEnd, { kind: 'timeout' }>, translated: Translated): WebAnswer {
  const { integration, method, context } = translated;
  const responses = (integration.IntegrationResponses ?? []) as Declared[];
  const message = end.kind === 'failed' ? String(JSON.parse(end.payload).errorMessage ?? '') : undefined;
  const response =
    (message === undefined
      ? undefined
      : responses.find(({ SelectionPattern: one }) => one && new RegExp(`^(?:${one})$`).test(message))) ??
    responses.find(({ SelectionPattern }) => !SelectionPattern);
  const declared = ((method.MethodResponses ?? []) as Declared[]).some(
    ({ StatusCode }) => String(StatusCode) === String(response?.StatusCode),
  );
  if (!response || !declared) throw new GatewayFault('API_CONFIGURATION_ERROR');
  const headers: Record<string, string> = { 'content-type': JSON_TYPE };
  for (const [name, value] of Object.entries((response.ResponseParameters ?? {}) as Record<string, string>)) {
    const [, header] = /^method\.response\.header\.(.+)$/.exec(name) ?? [];
    const [, text] = /^'(.*)'$/.exec(value) ?? [];
    if (header && text !== undefined) headers[header.toLowerCase()] = text;
  }
  const template: string | undefined = response.ResponseTemplates?.[JSON_TYPE];
  const body =
    template === undefined ? end.payload : renderTemplate(template, { body: end.payload, params: [], context });
  return { status: Number(response.StatusCode), headers, body };
}
