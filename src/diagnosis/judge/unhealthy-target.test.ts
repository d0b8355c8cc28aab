import { expect, it } from 'vitest';
import { ABSENT, found, PATIENT } from '../../testing/judged.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { listenersIn } from './listeners.ts';
import { judgeUnhealthy, type Unhealthy } from './unhealthy-target.ts';

const log = (...lines: string[]) => found({ group: 'g', stream: 'web/app/0f', lines });
const judged = (reason: string, changes: Partial<Unhealthy> = {}) =>
  judgeUnhealthy(PATIENT, {
    reason,
    said: evidenceOf('elasticloadbalancing:DescribeTargetHealth', 'x', reason),
    group: { HealthCheckPath: '/health', Matcher: { HttpCode: '200' }, HealthCheckTimeoutSeconds: 5 },
    port: 8000,
    log: ABSENT,
    doors: undefined,
    ...changes,
  });
const codes = (code: number) => `Health checks failed with these codes: [${code}]`;
const TIMEOUT = 'Request timed out';
const REFUSED = 'Health checks failed';

it.each([
  [404, 'does not know (404)', 'set services.web.health.path'],
  [301, 'is sent elsewhere (301)', 'without a redirect'],
  [302, 'is sent elsewhere (302)', 'plain HTTP'],
  [401, 'wants a login (401)', 'without a login'],
  [403, 'wants a login (403)', 'without a login'],
  [503, 'an error of its own (503)', 'platform logs web'],
  [400, 'with 400, and 200 means healthy', 'health.matcher'],
])('F-64 and not F-66: code %i', (code, what, remedy) => {
  expect(judged(codes(code))).toMatchObject([
    {
      id: 'F-64',
      certainty: 'certain',
      what: expect.stringContaining(what),
      remedy: expect.stringContaining(remedy),
      evidence: [{ value: codes(code) }, { read: 'TargetGroups[0].HealthCheckPath', value: '/health' }],
    },
  ]);
});

it('S3-71 S3-72 F-65, and not F-65: 400, and the framework says that it refuses the Host; near misses: another code, no such line', () => {
  const line =
    "django.security.DisallowedHost Invalid HTTP_HOST header: '10.0.1.7:8000'. You may need to add '10.0.1.7' to ALLOWED_HOSTS.";
  expect(judged(codes(400), { log: log('x', line) })).toMatchObject([
    { id: 'F-65', what: expect.stringContaining('10.0.1.7:8000'), evidence: [{}, { call: 'logs:GetLogEvents' }, {}] },
  ]);
  expect(judged(codes(400), { log: log(line) })[0]?.remedy).toMatch(
    /^answer \S+ in a middleware .* first in MIDDLEWARE/,
  );
  expect(
    judged(codes(400), { log: log('[ActionDispatch::HostAuthorization] Blocked hosts: 10.0.1.7') })[0]?.remedy,
  ).toContain('config.host_authorization');
  expect(judged(codes(404), { log: log(line) })).toMatchObject([{ id: 'F-64' }]);
  expect(judged(codes(400), { log: log('Bad Request') })).toMatchObject([{ id: 'F-64' }]);
});

const rule = (GroupId: string, IsEgress: boolean, other: string) => ({
  GroupId,
  IsEgress,
  IpProtocol: 'tcp',
  FromPort: 8000,
  ToPort: 8000,
  ReferencedGroupInfo: { GroupId: other },
});
const doors = (...rules: ReturnType<typeof rule>[]) => ({ doors: { balancer: ['sg-lb'], tasks: ['sg-task'], rules } });
const OUT = rule('sg-lb', true, 'sg-task');
const IN = rule('sg-task', false, 'sg-lb');

it('F-66 and not F-64: a group that is closed, on either side', () => {
  expect(judged(TIMEOUT, doors(OUT))).toMatchObject([
    {
      id: 'F-66',
      recurs: 'always',
      what: 'security group sg-task of the tasks does not let port 8000 in from the load balancer',
      remedy: expect.stringMatching(/^platform recover service-web --env dev, which makes the rule again, then /),
    },
  ]);
  expect(judged(TIMEOUT, doors(IN))[0]?.what).toContain('sg-lb of the load balancer does not let port 8000 out');
});

it('F-66: open and silent is slow; who is refused was not kept out by a group', () => {
  expect(judged(TIMEOUT, { ...doors(OUT, IN), log: log('booting') })).toMatchObject([
    { id: 'F-66', certainty: 'certain', recurs: 'maybe', what: expect.stringContaining('within 5 s') },
  ]);
  expect(judged(TIMEOUT)).toMatchObject([{ certainty: 'possible' }]);
  expect(judged(REFUSED, doors())).toMatchObject([
    { certainty: 'possible', what: expect.stringContaining('nothing takes connections') },
  ]);
});

it('F-66: it listens on 127.0.0.1, or on another port', () => {
  expect(judged(REFUSED, { log: log('Listening on 127.0.0.1:8000') })).toMatchObject([
    { id: 'F-66', recurs: 'always', what: expect.stringContaining('127.0.0.1:8000, which nobody outside') },
  ]);
  expect(judged(REFUSED, { log: log('Server listening on port 3000') })).toMatchObject([
    {
      id: 'F-66',
      what: 'it listens on port 3000, and its health check asks at 8000',
      remedy: expect.stringContaining('port: 3000'),
    },
  ]);
  expect(judged(REFUSED, { log: log('Listening at: http://0.0.0.0:8000 (1)') })).toMatchObject([
    { certainty: 'possible' },
  ]);
});

it('F-81 and not F-66: a program that waits for its database answers nobody', () => {
  const line = 'FATAL: password authentication failed for user "app"';
  expect(judged(TIMEOUT, { ...doors(OUT, IN), log: log(line) })).toMatchObject([
    { id: 'F-81', evidence: [{ value: line }, {}] },
  ]);
  expect(judged(TIMEOUT, { ...doors(IN), log: log(line) })).toMatchObject([{ id: 'F-66' }]);
});

it('words that nobody knows explain nothing', () => {
  expect(judged('Target is in an Availability Zone that is not enabled')).toEqual([]);
});

it.each([
  ['Starting development server at http://127.0.0.1:8000/', '127.0.0.1', 8000, true],
  ['[INFO] Listening at: http://0.0.0.0:8000 (7)', '0.0.0.0', 8000, false],
  ['Uvicorn running on http://localhost:8000 (Press CTRL+C to quit)', 'localhost', 8000, true],
  ['   - Local:        http://localhost:3000', 'localhost', 3000, true],
  ['Server listening at http://[::1]:4000', '[::1]', 4000, true],
  ['Tomcat started on port(s): 8080 (http)', 'any', 8080, false],
  ['* Listening on http://0.0.0.0:3000', '0.0.0.0', 3000, false],
])('hears where a server listens: %s', (line, address, port, local) => {
  expect(listenersIn([line])).toEqual([{ address, port, local, line }]);
});

it('does not take a connection elsewhere for a listener', () => {
  expect(
    listenersIn([
      'Debugger listening on ws://127.0.0.1:9229/6f',
      'metrics listening on 0.0.0.0:9090',
      'connecting to redis at 127.0.0.1:6379',
      'GET / 200',
      'error: port 5432 refused',
    ]),
  ).toEqual([]);
});
