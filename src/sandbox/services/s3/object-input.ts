import { invalidArgument } from './faults.ts';
import type { ObjectHeaders, Tag } from './state.ts';
import { checkTags } from './tagging.ts';

const HEADERS = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'StorageClass',
  'WebsiteRedirectLocation',
] as const satisfies (keyof ObjectHeaders)[];

/** What S3 says of a body whose type nobody gave. */
const DEFAULT_TYPE = 'binary/octet-stream';

export function headersOf(input: Partial<Record<keyof ObjectHeaders, unknown>>): ObjectHeaders {
  const headers: ObjectHeaders = { ContentType: DEFAULT_TYPE };
  for (const name of HEADERS) if (input[name] !== undefined) headers[name] = String(input[name]);
  if (input.Expires instanceof Date) headers.Expires = input.Expires.toUTCString();
  else if (input.Expires !== undefined) headers.Expires = String(input.Expires);
  return headers;
}

/** Tags of a new object: a header in the form of a query. */
export function tagsFromHeader(header: string | undefined): Tag[] {
  if (header === undefined || header === '') return [];
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  const refused = () =>
    invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  if (new Set(tags.map(({ Key }) => Key)).size !== tags.length) throw refused();
  if (tags.some(({ Key, Value }) => /[,]/.test(Key) || Value.includes('=') || Value.includes(','))) throw refused();
  checkTags(tags, 'object');
  return tags.sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
