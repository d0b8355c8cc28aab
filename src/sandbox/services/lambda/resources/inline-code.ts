import { writeZip } from '../zip.ts';

/** Inline code becomes an archive with one file, `index` in the language of its runtime. */
export const inlineCode = (source: string, runtime: string): Uint8Array =>
  writeZip({ [runtime.startsWith('python') ? 'index.py' : 'index.js']: source });
