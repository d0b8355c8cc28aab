import type { FailureId } from './failure-id.ts';
import type { SeenAnswer } from './judge-answer.ts';

/** A known failure that an answer gives away by API Gateway's own words, with what to do. Undefined: none. */
export function answerFailure({ status, headers, body }: SeenAnswer): { failure: FailureId; why: string } | undefined {
  if (headers['x-amzn-errortype'] === 'AuthorizerConfigurationException')
    return {
      failure: 'F-123',
      why: 'API Gateway does not understand its authorizer’s answer (F-123): platform doctor --only api-answers',
    };
  if (status === 504 && body.includes('Endpoint request timed out'))
    return {
      failure: 'F-125',
      why: 'API Gateway gave up waiting for the function (F-125): answer 202 and do the work behind a queue',
    };
  if (status === 413 && /Request (Too Long|Entity Too Large)/.test(body))
    return {
      failure: 'F-125',
      why: 'API Gateway lets 10 MB through (F-125): upload to a bucket with a signed URL',
    };
  return undefined;
}
