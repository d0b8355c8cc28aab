import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleSettings } from '../../infra/testing/sample-settings.ts';
import { writeVariant } from './assembly-variant.ts';
import { synthesize } from './synthesize.ts';

it('gives a changed template an asset of its own, and leaves the others as they are', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'variant-')), 'cdk.out');
  const { stacks } = synthesize(sampleSettings(), directory);
  const tasks = stacks.find(({ id }) => id === 'tasks')!;
  const variant = writeVariant(directory, 'tasks', { ...tasks.template, Description: 'wide' });

  const read = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const asset = (folder: string) => Object.keys(read(folder, 'tasks.assets.json').files)[0]!;
  expect(asset(variant)).not.toBe(asset(directory));
  expect(read(variant, 'tasks.template.json').Description).toBe('wide');
  expect(JSON.stringify(read(variant, 'manifest.json'))).toContain(asset(variant));
  expect(JSON.stringify(read(variant, 'manifest.json'))).not.toContain(asset(directory));
  expect(read(variant, 'network.assets.json')).toEqual(read(directory, 'network.assets.json'));
  expect(read(directory, 'tasks.template.json')).toEqual(tasks.template);
});
