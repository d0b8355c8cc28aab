import { expect, it } from 'vitest';
import { tellingLine, troubleIn } from './engine-trouble.ts';

it.each([
  ['denied: Your authorization token has expired. Reauthenticate and try again.', 'login', 'F-38'],
  ['no basic auth credentials', 'login', 'F-38'],
  [
    "tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.",
    'immutable',
    'F-39',
  ],
  [
    "tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the tag is immutable.",
    'immutable',
    'F-39',
  ],
  [
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
    'rate-limit',
    'F-42',
  ],
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'daemon',
    'F-40',
  ],
  ['#8 0.123 exec /bin/sh: exec format error', 'emulation', 'F-36'],
  ['write /var/lib/docker/tmp/x: no space left on device', 'disk', undefined],
  [
    'ERROR: failed to solve: python:3.13-slim: failed to resolve source metadata for docker.io/library/python:3.13-slim: failed to do request',
    'unreachable',
    undefined,
  ],
  ['dial tcp: lookup registry-1.docker.io: no such host', 'unreachable', undefined],
  ['dockerfile parse error on line 3: unknown instruction: RUNN', 'dockerfile', undefined],
])('%j is trouble of the kind %s', (line, kind, failure) => {
  expect(troubleIn(['#1 [internal] load build definition', line])).toMatchObject({ kind });
  expect(troubleIn([line])?.failure).toBe(failure);
});

it('what nobody knows is no trouble of a kind, and its telling line is the last that speaks of an error', () => {
  const lines = ['#9 RUN npm ci', '#9 npm error code EUSAGE', '------', '> [4/5] RUN npm ci:'];
  expect(troubleIn(lines)).toBeUndefined();
  expect(tellingLine(lines)).toBe('#9 npm error code EUSAGE');
  expect(tellingLine(['a', 'b'])).toBe('b');
  expect(tellingLine([])).toBe('');
});
