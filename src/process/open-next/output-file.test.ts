import { expect, it } from 'vitest';
import { outputFile } from './output-file.ts';

const written = (from: string, bundle = '.open-next/server') => ({
  origins: {
    s3: { type: 's3', originPath: '_assets', copy: [{ from, to: '_assets', cached: true }] },
    default: { type: 'function', bundle, handler: 'index.handler' },
  },
  behaviors: [],
});

it('takes folders of the application alone: what they hold is put up for everybody to read', () => {
  expect(outputFile.safeParse(written('.open-next/assets')).success).toBe(true);
  expect(outputFile.safeParse(written('..next/assets')).success).toBe(true);
  for (const outside of ['../../../.aws', '/root/.ssh', '.open-next/../../other', '..'])
    for (const output of [written(outside), written('.open-next/assets', outside)])
      expect(outputFile.safeParse(output).error?.issues[0]?.message, outside).toBe('leads out of the application');
});
