import type { WebAnswer, WebRequest } from '../lambda/http-event.ts';
import { GatewayFault } from './gateway-answer.ts';
import type { Declared } from './state.ts';

/**
 * What an integration without a backend answers: its template says with which status, and headers are texts in quotes.
 * Enough for preflights as the CDK makes them; templates with expressions are not evaluated.
 */
export function mockAnswer(integration: Declared, method: Declared, request: WebRequest): WebAnswer {
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0]!;
  const template: string =
    integration.RequestTemplates?.[type] ?? integration.RequestTemplates?.['application/json'] ?? '';
  const status = /"?statusCode"?\s*:\s*(\d{3})/.exec(template)?.[1];
  const response = ((integration.IntegrationResponses ?? []) as Declared[]).find(
    (each) => String(each.StatusCode) === status,
  );
  const isDeclared = ((method.MethodResponses ?? []) as Declared[]).some((each) => String(each.StatusCode) === status);
  if (!response || !isDeclared) throw new GatewayFault('API_CONFIGURATION_ERROR');
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries((response.ResponseParameters ?? {}) as Record<string, string>)) {
    const [, header] = /^method\.response\.header\.(.+)$/.exec(name) ?? [];
    const [, text] = /^'(.*)'$/.exec(value) ?? [];
    if (header && text !== undefined) headers[header.toLowerCase()] = text;
  }
  return { status: Number(status), headers, body: response.ResponseTemplates?.['application/json'] ?? '' };
}
