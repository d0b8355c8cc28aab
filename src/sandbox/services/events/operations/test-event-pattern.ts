import type { TestEventPatternCommandInput } from '@aws-sdk/client-eventbridge';
import { eventPattern } from '../event-pattern.ts';
import { invalid } from '../refusals.ts';

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export function testEventPattern({ Event = '', EventPattern = '' }: TestEventPatternCommandInput): { Result: boolean } {
  const event = parse(Event);
  if (typeof event !== 'object' || event === null || REQUIRED.some((field) => !(field in event)))
    throw invalid('Parameter Event is not valid.');
  return { Result: eventPattern(EventPattern)(event) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
