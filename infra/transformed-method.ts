import type { ApiSettings, RouteTransform } from './api-settings.ts';
import type { LambdaFunction } from './constructs/lambda-function.ts';
import { invocationUri } from './constructs/lambda-target.ts';
import { mappingTemplate } from './mapping-template.ts';

const ORIGIN = 'method.response.header.Access-Control-Allow-Origin';
/** Of every error that has a message, which all errors of functions have. */
const ANY_ERROR = '(.|\\n)+';

/**
 * A method whose function is given plain values and returns plain values. What does not come as JSON is refused with 415;
 * errors are told apart by their message, which is all that Lambda says of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export function transformed(
  handler: LambdaFunction,
  { request, response, status, errors }: RouteTransform,
  cors: ApiSettings['cors'],
) {
  const origin = cors?.origins[0];
  const headers = origin === undefined ? {} : { responseParameters: { [ORIGIN]: `'${origin}'` } };
  const answer = (statusCode: string, template: string | undefined, selectionPattern?: string) => ({
    statusCode,
    ...(selectionPattern === undefined ? {} : { selectionPattern }),
    ...headers,
    ...(template === undefined ? {} : { responseTemplates: { 'application/json': template } }),
  });
  const wrong = Object.entries(errors).filter(([code]) => code !== '500');
  const statuses = [String(status), ...wrong.map(([code]) => code), '500'];
  return {
    integration: {
      type: 'AWS',
      integrationHttpMethod: 'POST',
      uri: invocationUri(handler.aliasArn),
      passthroughBehavior: 'NEVER',
      requestTemplates: { 'application/json': mappingTemplate(request) },
      integrationResponses: [
        answer(String(status), response && mappingTemplate(response)),
        ...wrong.map(([code, pattern]) => answer(code, `{"message": $input.json('$.errorMessage')}`, pattern)),
        answer('500', '{"message": "Internal server error"}', ANY_ERROR),
      ],
    },
    methodResponses: statuses.map((statusCode) => ({
      statusCode,
      ...(origin === undefined ? {} : { responseParameters: { [ORIGIN]: true } }),
    })),
  };
}
