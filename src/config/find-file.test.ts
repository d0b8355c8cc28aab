import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeProject } from '../testing/write-project.ts';
import { findFile } from './find-file.ts';

it('runs no configuration of somebody else that lies above, unless it is named', () => {
  const root = writeProject('project: demo\n', { git: false });
  const below = join(root, 'mine');
  mkdirSync(below);
  const owned = (uid: number | undefined) => () => uid;
  const own = process.getuid?.();
  expect(findFile(below).root).toBe(root);
  for (const fine of [own, 0, undefined]) expect(findFile(below, [], owned(fine)).root).toBe(root);
  const other = (own ?? 0) + 1;
  expect(() => findFile(below, [], owned(other))).toThrow(
    expect.objectContaining({ id: 'config-foreign', remedy: `-C ${root} says that it is meant` }),
  );
  expect(findFile(root, [], owned(other)).root).toBe(root);
});
