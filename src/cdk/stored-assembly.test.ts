import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { someCodes, someNext } from '../../infra/testing/synthesize.ts';
import { offlineSettings } from '../release/offline-settings.ts';
import { loadText, systemText } from '../testing/write-project.ts';
import { writeStored } from './stored-assembly.ts';
import { synthesize } from './synthesize.ts';

it('an assembly of stored templates is the one that their synthesis wrote, byte by byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'platform-stored-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const environment = loadText(systemText('express-workers')).environment('dev');
  const settings = offlineSettings(environment);
  const { stacks } = synthesize(settings, join(folder, 'made'), {
    codes: someCodes(settings),
    next: someNext(settings),
  });
  writeStored(
    join(folder, 'stored'),
    stacks.map((stack) => ({ ...stack, template: JSON.parse(JSON.stringify(stack.template)) })),
    environment.blocks.bootstrap.qualifier,
  );
  const made = (file: string) => readFileSync(join(folder, 'made', file), 'utf8');
  const stored = (file: string) => readFileSync(join(folder, 'stored', file), 'utf8');
  for (const { id } of stacks) {
    expect(stored(`${id}.template.json`)).toBe(made(`${id}.template.json`));
    // The code of functions was published with its release; a stored one finds it there.
    if (id !== 'functions') expect(stored(`${id}.assets.json`)).toBe(made(`${id}.assets.json`));
  }
  const artifacts = (text: string) => {
    const { artifacts: all } = JSON.parse(text);
    return Object.fromEntries(stacks.map(({ id }) => [id, all[id].properties]));
  };
  expect(artifacts(stored('manifest.json'))).toEqual(artifacts(made('manifest.json')));
});
