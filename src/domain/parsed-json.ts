/**
 * What a text says as JSON; undefined when it is none, for whoever checks the shape of what comes next anyway. V8 quotes
 * the text in its complaint, and the text may be a secret: the complaint is dropped.
 */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
