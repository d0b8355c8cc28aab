import { expect, it } from 'vitest';
import { spanLine } from './span-line.ts';
import { anyOf, traceAddress, traceIds } from './trace-ids.ts';

const W3C = '67a8b9c04d5e6f708192a3b4c5d6e7f8';
const XRAY = '1-67a8b9c0-4d5e6f708192a3b4c5d6e7f8';

it('knows the two ways in which the id of a trace is written, and leaves every other text alone', () => {
  expect(traceIds(XRAY)).toEqual([XRAY, W3C]);
  expect(traceIds(`Root=${XRAY}`)).toEqual([XRAY, W3C]);
  expect(traceIds(W3C)).toEqual([W3C, XRAY]);
  expect(traceIds('order-4711')).toEqual(['order-4711']);
  expect(anyOf(traceIds(W3C))).toBe(`?"${W3C}" ?"${XRAY}"`);
  expect(anyOf(['a b'])).toBe('"a b"');
  expect(traceAddress(W3C, 'eu-west-1')).toBe(
    `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#xray:traces/${XRAY}`,
  );
  expect(traceAddress('order-4711', 'eu-west-1')).toBeUndefined();
});

it.each([
  [
    'a request that failed',
    {
      name: 'GET /orders/{id}',
      kind: 'SERVER',
      durationNano: 35_420_000,
      attributes: { 'http.response.status_code': 503 },
      status: { code: 'ERROR' },
      resource: { attributes: { 'service.name': 'web' } },
    },
    { component: 'web', text: 'server GET /orders/{id}, 503, error, 35.4 ms' },
  ],
  [
    'one without a duration or a resource',
    { name: 'work', kind: 'INTERNAL', startTimeUnixNano: 1_000_000, endTimeUnixNano: 3_000_000 },
    { component: 'span', text: 'work, 2 ms' },
  ],
])('writes a span as a line: %s', (_what, span, line) => {
  expect(spanLine(JSON.stringify(span))).toEqual(line);
});

it.each(['', 'no JSON', '7', 'null', '{"traceId":"x"}', '[]'])('%j is no span', (text) => {
  expect(spanLine(text)).toBeUndefined();
});
