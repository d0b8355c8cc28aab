import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const answer = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"status":"ok","n":[1,2],"in":{"a":1,"b":2}}',
};

it('finds nothing wrong with what is expected: status, part of the JSON, text, type (S3-67, S4-96)', () => {
  expect(
    judgeAnswer(
      {
        statuses: [200, 204],
        json: { status: 'ok', n: [1, 2], in: { b: 2 } },
        text: '"ok"',
        contentType: 'application/json',
      },
      answer,
    ),
  ).toEqual([]);
  expect(judgeAnswer({ statuses: ['200-299'] }, { ...answer, status: 204 })).toEqual([]);
});

it.each([
  [{ statuses: [403] }, 'it answered 200, not 403'],
  [{ statuses: ['300-399', 404] }, 'it answered 200, not 300-399 or 404'],
  [{ statuses: [200], json: { status: 'down' } }, 'status is "ok", not "down"'],
  [{ statuses: [200], json: { in: { c: 1 } } }, 'in.c is missing, not 1'],
  [{ statuses: [200], json: { n: [1] } }, 'n is [1,2], not [1]'],
  [{ statuses: [200], json: { status: { deep: 1 } } }, 'status is "ok", not an object'],
  [{ statuses: [200], json: { toString: 1 } }, 'toString is missing, not 1'],
  [{ statuses: [200], text: 'welcome' }, 'it does not hold "welcome"'],
  [
    { statuses: [200], contentType: 'image/webp' },
    'its Content-Type is application/json; charset=utf-8, not image/webp',
  ],
  [
    { statuses: [200], origin: 'https://a.example' },
    'it does not allow https://a.example: Access-Control-Allow-Origin is missing',
  ],
])('%j: %s', (expected, problem) => {
  expect(judgeAnswer(expected, answer)).toEqual([problem]);
});

it('S4-95: a web page is allowed by its name or by a star, and by nothing else', () => {
  const judged = (allowed: string) =>
    judgeAnswer(
      { statuses: [200], origin: 'https://a.example' },
      { ...answer, headers: { 'access-control-allow-origin': allowed } },
    );
  expect(judged('*')).toEqual([]);
  expect(judged('https://a.example')).toEqual([]);
  expect(judged('https://b.example')).toHaveLength(1);
});

it('quotes what is not JSON', () => {
  expect(judgeAnswer({ statuses: [200], json: {} }, { ...answer, body: '<html>' })).toEqual([
    'it is not JSON: "<html>"',
  ]);
});
