import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { refusal, writeProject } from '../testing/write-project.ts';
import { loadProject } from './load.ts';
import { projectPath } from './project-path.ts';

it('follows a path within the repository, above the folder of platform.yaml too', () => {
  const root = realpathSync(writeProject('project: shop'));
  mkdirSync(join(root, '..', 'backend'));
  expect(projectPath({ root, gitRoot: dirname(root) }, '../backend')).toBe(join(dirname(root), 'backend'));
  expect(projectPath({ root, gitRoot: dirname(root) }, '.', 'platform.yaml')).toBe(join(root, 'platform.yaml'));
});

it('refuses a link that leads out of the repository, and a way out of a folder without one', () => {
  const root = writeProject('project: shop');
  symlinkSync('/etc', join(root, 'backend'));
  expect(refusal(() => projectPath({ root, gitRoot: dirname(root) }, 'backend', 'hosts'))).toMatchObject({
    id: 'path-leaves-repository',
    kind: 'usage',
  });
  expect(refusal(() => projectPath({ root }, '..'))).toMatchObject({ id: 'path-leaves-repository' });
});

it('says when nothing is there', () => {
  const root = writeProject('project: shop');
  expect(refusal(() => projectPath({ root }, 'backend'))).toMatchObject({
    id: 'path-missing',
    message: expect.stringContaining('backend'),
  });
});

it('says while validating that a link leads out of the repository', () => {
  const root = writeProject(
    'project: shop\nenvironments: { dev: { kind: dev } }\nservices: { web: { image: { context: app } } }\n',
  );
  symlinkSync('/etc', join(root, 'app'));
  expect(loadProject({ cwd: root }).problems()).toContainEqual(
    expect.objectContaining({
      rule: 'path-outside',
      path: 'services.web.image.context',
      message: expect.stringContaining('/etc'),
    }),
  );
});
