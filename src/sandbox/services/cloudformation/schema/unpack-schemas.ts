import { brotliDecompressSync } from 'node:zlib';
import type { ResourceSchema } from './resource-schema.ts';

export const unpackSchemas = (packed: string): ResourceSchema[] =>
  JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8')) as ResourceSchema[];
