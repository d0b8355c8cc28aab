import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentKey, type KeptRelease, outlived } from './kept-files.ts';

const PLACE = { environment: 'prod', site: 'app' };
const digest = fc.integer({ min: 0, max: 9 }).map((n) => `md5-${n}`);
const release = fc.record({ id: fc.uuid(), files: fc.array(digest, { maxLength: 5 }) });

const keptOf = ({ id, files }: { id: string; files: string[] }): KeptRelease => ({
  release: { id, at: 0, files },
  files: files.map((md5) => ({ key: md5, md5, bytes: 1, role: 'page' })),
});

it('S3-97: never forgets a content that a release which is kept needs, and all that none does', () => {
  fc.assert(
    fc.property(fc.array(release), fc.array(release), fc.uniqueArray(digest), (wanted, old, others) => {
      const kept = wanted.map(keptOf);
      const contents = new Set([...others, ...[...wanted, ...old].flatMap(({ files }) => files)]);
      const releases = [...wanted, ...old].map(({ id }) => id);
      const gone = outlived(PLACE, { contents, releases, kept });
      const needed = new Set(wanted.flatMap(({ files }) => files));
      for (const md5 of contents) expect(gone.includes(contentKey(PLACE, md5))).toBe(!needed.has(md5));
      for (const { id } of wanted) expect(gone.some((key) => key.includes(id))).toBe(false);
      expect(new Set(gone).size).toBe(gone.length);
    }),
  );
});
