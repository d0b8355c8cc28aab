/** Policy documents travel URL-encoded as RFC 3986 says, so `!'()*` too (API reference, GetRole). */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
