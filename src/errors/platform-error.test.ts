import { expect, it } from 'vitest';
import { EXIT, PlatformError } from './platform-error.ts';

it('gives each kind its documented exit code', () => {
  expect(EXIT).toEqual({ failed: 1, usage: 2, credentials: 4, declined: 5, pending: 8, bug: 70 });
  const parts = { id: 'x', message: 'm', remedy: 'r' };
  expect(new PlatformError({ ...parts, kind: 'declined' }).exitCode).toBe(5);
});

it('keeps what happened, what to do, every problem and the cause', () => {
  const cause = new Error('root');
  const problems = [{ severity: 'error', path: 'a', message: 'm', remedy: 'r' }] as const;
  const error = new PlatformError({ id: 'x', kind: 'usage', message: 'm', remedy: 'r', problems, cause });
  expect(error).toMatchObject({ name: 'PlatformError', id: 'x', message: 'm', remedy: 'r', problems, cause });
});
