import { createHash } from 'node:crypto';
import { formatError } from '../faults.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Template } from './template.ts';
import { validateTemplate } from './validate-template.ts';

/** AWS's limit for `TemplateBody`; with `TemplateURL` it is a megabyte. */
export const MAX_BODY_BYTES = 51_200;
export const MAX_URL_BYTES = 1_048_576;

const parsed = new Map<string, Template>();
const KEPT = 64;

/** Text to a template whose structure is sound; refuses as CloudFormation does. The result is shared: do not change it. */
export function parseTemplate(text: string): Template {
  const key = createHash('sha256').update(text).digest('base64');
  const known = parsed.get(key);
  if (known) return known;
  const template = validateTemplate(parseText(text));
  parsed.set(key, template);
  const [oldest] = parsed.keys();
  if (parsed.size > KEPT && oldest !== undefined) parsed.delete(oldest);
  return template;
}

/** Any text to plain data, without looking at what it says. */
export function parseText(text: string): unknown {
  return text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A JSON-looking text may still be YAML's flow style, which CloudFormation does not accept either.
    throw formatError(`JSON not well-formed. ${place(text, error as SyntaxError)}`);
  }
}

function place(text: string, error: SyntaxError): string {
  const position = /position (\d+)/.exec(error.message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  // Counted from one, and past the character at fault: recorded.
  return `(line ${before.length}, column ${before.at(-1)!.length + 2})`;
}
