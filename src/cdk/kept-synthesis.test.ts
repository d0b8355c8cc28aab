import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleSettings } from '../../infra/testing/sample-settings.ts';
import { keepSynthesis, keptSynthesis } from './kept-synthesis.ts';
import { synthesize } from './synthesize.ts';

const scene = () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'kept-')), 'cdk.out');
  const synthesis = synthesize(sampleSettings(), directory);
  keepSynthesis(sampleSettings(), synthesis);
  return { directory, synthesis };
};

it('gives the same synthesis for the same settings', () => {
  const { directory, synthesis } = scene();
  expect(keptSynthesis(sampleSettings(), directory)).toEqual(synthesis);
});

it('gives nothing for other settings, a touched template, or a folder without a note', () => {
  const { directory, synthesis } = scene();
  expect(keptSynthesis(sampleSettings({ protectStacks: true }), directory)).toBeUndefined();
  expect(keptSynthesis(sampleSettings(), `${directory}-other`)).toBeUndefined();
  appendFileSync(synthesis.stacks[0]!.templateFile, ' ');
  expect(keptSynthesis(sampleSettings(), directory)).toBeUndefined();
});
