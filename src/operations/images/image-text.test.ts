import { expect, it } from 'vitest';
import { checkText, madeText } from './image-text.ts';

it('says where there is no image to speak of', () => {
  const nothing = { environment: 'dev', images: [] };
  expect(checkText({ ...nothing })).toBe('platform.yaml has nothing that runs an image');
  expect(madeText({ ...nothing, dryRun: false })).toBe('platform.yaml has nothing that runs an image');
});
