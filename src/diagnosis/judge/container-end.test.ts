import { expect, it } from 'vitest';
import { ABSENT, DEFINITION, endedWith, found, PATIENT } from '../../testing/judged.ts';
import { judgeContainerEnd, nextMemory } from './container-end.ts';
import { judgeContainerHealth } from './container-health.ts';
import type { Patient } from './patient.ts';

const log = (...lines: string[]) => found({ group: 'g', stream: 'web/app/0f', lines });
const ended = (
  container: { exitCode?: number; reason?: string },
  lines: readonly string[] = [],
  patient: Patient = PATIENT,
) =>
  judgeContainerEnd(patient, {
    end: endedWith('Essential container in task exited', { containers: [{ name: 'app', ...container }] }),
    definition: DEFINITION,
    log: lines.length > 0 ? log(...lines) : ABSENT,
  });
const ids = (...given: Parameters<typeof ended>) => ended(...given).map(({ id, certainty }) => `${id} ${certainty}`);

it('F-49 and not F-50: killed for its memory, with the next size of Fargate', () => {
  expect(ended({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' })).toMatchObject([
    {
      id: 'F-49',
      certainty: 'certain',
      what: 'its program took more than 512 MiB and was killed',
      remedy: expect.stringContaining('set services.web.memory: 1024 in platform.yaml'),
    },
  ]);
  expect(nextMemory(256, 2048)).toEqual({ cpu: 512, memory: 3072 });
  expect(nextMemory(16_384, 122_880)).toBeUndefined();
});

it('not F-49 for certain: killed, and nobody says of its memory', () => {
  expect(ids({ exitCode: 137 })).toEqual(['F-49 possible']);
});

it.each([
  ['F-36', 'exec /usr/local/bin/node: exec format error'],
  ['F-36', 'standard_init_linux.go:211: exec user process caused "exec format error"'],
  ['F-79', 'error: no pg_hba.conf entry for host "10.0.1.7", user "app", database "app", no encryption'],
  ['F-80', 'Error: self-signed certificate in certificate chain'],
  ['F-81', 'FATAL: password authentication failed for user "app"'],
  ['F-82', 'FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute'],
  ['F-82', 'FATAL: sorry, too many clients already'],
  [
    'F-83',
    'FATAL: This RDS proxy has no credentials for the role app. Check the credentials for this role and try again.',
  ],
  ['F-89', 'FATAL: database "shop" does not exist'],
  ['F-89', 'ERROR: permission denied for schema public'],
  ['F-78', 'Error: connect ETIMEDOUT 10.0.2.9:5432'],
  ['F-103', "Error: Cannot find module 'express'"],
  ['F-103', "ModuleNotFoundError: No module named 'django'"],
  ['F-103', 'Error: Could not load the "sharp" module using the linux-x64 runtime'],
  ['F-50', "KeyError: 'DATABASE_HOST'"],
  ['F-50', 'Error: Missing required environment variable STRIPE_KEY'],
  ['F-50', 'Error: connect ECONNREFUSED 127.0.0.1:6379'],
  ['F-50', "Error: EACCES: permission denied, open '/app/log'"],
])('F-36, F-50, F-78, F-79, F-80, F-81, F-82, F-83, F-89 and F-103 by the last lines: %s %s', (id, line) => {
  expect(ended({ exitCode: 1 }, ['starting', line, '    at main (server.js:1:1)'])).toMatchObject([
    {
      id,
      certainty: 'certain',
      evidence: [
        { read: 'tasks[0].containers[0].exitCode' },
        { call: 'logs:GetLogEvents', read: 'web/app/0f', value: line },
      ],
    },
  ]);
});

it.each([
  ['F-50', 127],
  ['F-50', 139],
  ['F-50', 0],
])('F-50 by an exit code alone: %s %i', (id, exitCode) => {
  expect(ended({ exitCode }, ['bye'])).toMatchObject([
    { id, certainty: 'certain', evidence: [{ value: String(exitCode) }, { value: 'bye' }] },
  ]);
});

it('F-50 of the container that failed, not of those that were asked to end after it', () => {
  const containers = [
    { name: 'proxy', exitCode: 137 },
    { name: 'app', exitCode: 2 },
  ];
  const end = endedWith('Essential container in task exited', { containers });
  expect(judgeContainerEnd(PATIENT, { end, definition: DEFINITION, log: ABSENT })).toMatchObject([
    { id: 'F-50', evidence: [{ read: 'tasks[0].containers[1].exitCode', value: '2' }] },
  ]);
});

it('F-50: a command that is not in the image', () => {
  const reason = 'CannotStartContainerError: exec: "guincorn": executable file not found in $PATH';
  expect(ended({ reason })).toMatchObject([
    { id: 'F-50', recurs: 'always', remedy: expect.stringContaining('services.web.command') },
  ]);
});

it('F-50 and not F-36, not F-78, not F-79, not F-80, not F-81, not F-82, not F-83, not F-89, not F-103: words that only resemble theirs', () => {
  const lines = [
    'database shop exists',
    'permission checks passed for schema design',
    'retrying after timeout',
    'user authentication ok',
  ];
  expect(ids({ exitCode: 1 }, lines)).toEqual(['F-50 certain']);
  expect(ended({ exitCode: 1 }, lines)[0]?.what).toBe('its program ended with exit code 1');
});

it('F-88, not F-50: a migration that ended without an exit code, or with another than 0', () => {
  const migration: Patient = { ...PATIENT, once: 'migration' };
  expect(ids({}, [], migration)).toEqual(['F-88 certain']);
  expect(ids({}, [])).toEqual([]);
  expect(ids({ exitCode: 1 }, ['P3005'], migration)).toEqual(['F-88 certain']);
  expect(ids({ exitCode: 1 }, ['FATAL: password authentication failed for user "app"'], migration)).toEqual([
    'F-81 certain',
  ]);
  expect(ids({ exitCode: 3 }, [], { ...PATIENT, once: 'run' })).toEqual([]);
});

it('F-84 and F-88 by words that others know, and not what a program only tells of', () => {
  expect(ended({ exitCode: 1 }, ['FATAL: PENDING_PROXY_CAPACITY'])).toMatchObject([{ id: 'F-84', evidence: [{}, {}] }]);
  expect(ids({ exitCode: 1 }, ['Error: P3005', 'The database schema is not empty.'])).toEqual(['F-88 certain']);
  expect(ids({ exitCode: 1 }, ['Health checks failed with these codes: [404] at the payment provider'])).toEqual([
    'F-50 certain',
  ]);
});

it('F-51 and not F-64: the command of the health check inside the container', () => {
  const definition = {
    containerDefinitions: [
      { name: 'app', healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/ || exit 1'] } },
    ],
  };
  expect(
    judgeContainerHealth(PATIENT, { end: endedWith('Task failed container health checks'), definition }),
  ).toMatchObject({
    id: 'F-51',
    remedy: expect.stringMatching(
      /^curl, which it needs, may not be in the image; try it: platform run web --env dev -- sh -c "curl/,
    ),
    evidence: [{}, { call: 'ecs:DescribeTaskDefinition', read: 'containerDefinitions[0].healthCheck.command' }],
  });
});
