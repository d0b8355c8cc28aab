import { expect, it } from 'vitest';
import { fileError } from './file-error.ts';

const refused = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

it('says what the machine refuses, and where to look', () => {
  const error = fileError(refused('EACCES', { syscall: 'mkdir', path: '/srv/shop/.platform' }));
  expect(error).toMatchObject({ id: 'file-refused', exitCode: 1 });
  expect(error!.message).toBe('/srv/shop/.platform cannot be made: this user may not (EACCES)');
  expect(error!.remedy).toContain('ls -ld /srv/shop ');
  expect(fileError(refused('ENOSPC', { syscall: 'write' }))!.message).toBe(
    'The output cannot be written: the disk is full (ENOSPC)',
  );
});

it('leaves everything else to be what it is', () => {
  expect(fileError(refused('ENOENT', { path: '/nowhere' }))).toBeUndefined();
  expect(fileError(new Error('else'))).toBeUndefined();
  expect(fileError('text')).toBeUndefined();
});
