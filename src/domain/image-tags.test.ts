import { expect, it } from 'vitest';
import { commitTag, contentTag, imageTag } from './image-tags.ts';

const clean = { prefix: '', architecture: 'amd64', checkout: { commit: 'c0ffee', dirty: false } };
const dirty = { ...clean, checkout: { commit: 'c0ffee', dirty: true } };
const bare = { prefix: '', architecture: 'amd64' };
const read = { hash: 'h1', holdsGit: false };

it('S3-42: a tag is the commit, the commit marked as changed, or the content where there is no git', () => {
  const content = contentTag(clean, read);
  expect(content).toMatch(/^content-[0-9a-f]{16}$/);
  expect(imageTag(clean, content)).toBe('c0ffee');
  expect(imageTag(dirty, content)).toBe(`c0ffee-dirty-${content.slice('content-'.length)}`);
  expect(imageTag(bare, content)).toBe(content);
  expect([commitTag(clean), commitTag(dirty), commitTag(bare)]).toEqual(['c0ffee', undefined, undefined]);
});

it('the content is the same under every commit, unless the commit itself is a part of it', () => {
  const other = { ...clean, checkout: { commit: 'decade', dirty: false } };
  expect(contentTag(other, read)).toBe(contentTag(clean, read));
  const withGit = { ...read, holdsGit: true };
  expect(contentTag(other, withGit)).not.toBe(contentTag(clean, withGit));
  expect(contentTag({ ...clean, architecture: 'arm64' }, read)).not.toBe(contentTag(clean, read));
  expect(contentTag({ ...clean, prefix: 'web-' }, read)).toBe(`web-${contentTag(clean, read)}`);
});
