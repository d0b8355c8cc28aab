import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { offlineSettings } from '../release/offline-settings.ts';
import { loadText, systemText } from '../testing/write-project.ts';
import { writeStored } from './stored-assembly.ts';
import { synthesize } from './synthesize.ts';

it('an assembly of stored templates is the one that their synthesis wrote, byte by byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'platform-stored-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const environment = loadText(systemText('express-workers')).environment('dev');
  const { stacks } = synthesize(offlineSettings(environment), join(folder, 'made'));
  writeStored(
    join(folder, 'stored'),
    stacks.map((stack) => ({ ...stack, template: JSON.parse(JSON.stringify(stack.template)) })),
    environment.blocks.bootstrap.qualifier,
  );
  const made = (file: string) => readFileSync(join(folder, 'made', file), 'utf8');
  const stored = (file: string) => readFileSync(join(folder, 'stored', file), 'utf8');
  for (const { id } of stacks) {
    for (const file of [`${id}.template.json`, `${id}.assets.json`]) expect(stored(file)).toBe(made(file));
  }
  const artifacts = (text: string) => {
    const { artifacts: all } = JSON.parse(text);
    return Object.fromEntries(stacks.map(({ id }) => [id, all[id].properties]));
  };
  expect(artifacts(stored('manifest.json'))).toEqual(artifacts(made('manifest.json')));
});
