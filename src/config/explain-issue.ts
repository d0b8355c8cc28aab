import type { z } from 'zod';
import { nearest } from '../domain/nearest.ts';
import { fieldSchema, type JsonSchema } from './field-schema.ts';
import { isPlain } from './merge.ts';
import { keysOf, optionsFor, schemasAt } from './schema-at.ts';
import { shown, shownText } from './shown.ts';
import { literal, takes } from './takes.ts';
import { pathText, type ValuePath, valueAt } from './value-path.ts';

type Issue = z.core.$ZodIssue;

export interface Explanation {
  path: ValuePath;
  /** Whether the key is what is wrong, rather than its value. */
  atKey: boolean;
  /** Nothing is written where something has to be. */
  missing: boolean;
  message: string;
  remedy: string;
}

/** What zod found, said about the user's file. One issue may hold several mistakes. */
export function explainIssue(schema: z.ZodType, root: unknown, issue: Issue, above: ValuePath = []): Explanation[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(schema, root, path, key));
    case 'invalid_key':
      return [badKey(path, issue)];
    case 'invalid_union':
      return union(schema, root, path, issue);
    case 'invalid_type':
    case 'invalid_value':
    case 'too_big':
    case 'too_small':
    case 'not_multiple_of':
    case 'invalid_format':
    case 'custom':
    case 'invalid_element':
      return [badValue(schema, root, path, value)];
  }
}

function union(
  schema: z.ZodType,
  root: unknown,
  path: ValuePath,
  issue: Issue & { code: 'invalid_union' },
): Explanation[] {
  const value = valueAt(root, path);
  const [here] = schemasAt(schema, path, root);
  const discriminated = 'discriminator' in issue;
  if (here && !discriminated && (isPlain(value) || Array.isArray(value))) {
    const options = optionsFor(here, value);
    const issues = options.length === 1 ? options[0]!.safeParse(value).error?.issues : undefined;
    if (issues) return issues.flatMap((inner) => explainIssue(schema, root, inner as Issue, path));
  }
  return [badValue(schema, root, path, value)];
}

function unknownKey(schema: z.ZodType, root: unknown, path: ValuePath, key: string): Explanation {
  const value = valueAt(root, path);
  const known = [...new Set(schemasAt(schema, path, root).flatMap((at) => keysOf(at, value) ?? []))];
  const near = nearest(key, known);
  const where = path.length === 0 ? 'The file' : pathText(path);
  return {
    path: [...path, key],
    atKey: true,
    missing: false,
    message: `${where} has no setting ${shown(key)}`,
    remedy: near === undefined ? `it takes ${known.join(', ')}` : `write ${near}`,
  };
}

function badKey(path: ValuePath, issue: Issue & { code: 'invalid_key' }): Explanation {
  const key = String(path.at(-1));
  const [inner] = issue.issues;
  const words =
    inner?.code === 'invalid_value'
      ? `one of ${inner.values.map(literal).join(', ')}`
      : (inner?.message ?? 'another name');
  return {
    path,
    atKey: true,
    missing: false,
    message: `${shown(key)} cannot be a name in ${pathText(path.slice(0, -1))}`,
    remedy: `use ${words}`,
  };
}

/** A person who writes a secret's value where its description belongs must not find it in a log. */
const mayHoldSecret = (path: ValuePath) => path.includes('secrets');

function badValue(schema: z.ZodType, root: unknown, path: ValuePath, value: unknown): Explanation {
  const fields = schemasAt(schema, path, root).map(fieldSchema);
  const expected: JsonSchema = fields.length === 1 ? fields[0]! : { anyOf: fields };
  const words = takes(expected);
  const missing = value === undefined;
  const secret = mayHoldSecret(path) && typeof value === 'string';
  const what = secret ? 'is a text' : `is ${shown(value)}`;
  const near =
    typeof value === 'string' && !secret
      ? suggestion(value, words, expected.enum ?? expected.anyOf?.flatMap((one) => one.const ?? one.enum ?? []))
      : undefined;
  return {
    path,
    atKey: missing,
    missing,
    message:
      value === null
        ? `${pathText(path)} is empty`
        : missing
          ? `${pathText(path)} is missing`
          : `${pathText(path)} ${what}; it takes ${words}`,
    remedy:
      value === null
        ? emptyRemedy(fields, words)
        : missing
          ? `add ${String(path.at(-1))}: ${words}`
          : (secretRemedy(path, secret) ??
            quoteRemedy(value, fields) ??
            (near === undefined ? `write ${words}` : `write ${near}`)),
  };
}

const emptyRemedy = (fields: readonly { type?: string }[], words: string) =>
  fields.some(({ type }) => type === 'object' || type === 'array')
    ? 'write something under it, or remove it'
    : `write ${words}, or remove it`;

const secretRemedy = (path: ValuePath, secret: boolean) =>
  secret && path.includes('keys')
    ? 'values of secrets stand in .env.<environment>; here a key has settings, or nothing: `API_KEY: {}`'
    : undefined;

/** YAML reads 16.4 as a number and 012345678901 too. */
function quoteRemedy(value: unknown, fields: readonly { type?: string }[]): string | undefined {
  const text = fields.length > 0 && fields.every(({ type }) => type === 'string');
  return text && (typeof value === 'number' || typeof value === 'boolean') ? `put it in quotes: "${value}"` : undefined;
}

function suggestion(value: string, words: string, choices: readonly unknown[] = []): string | undefined {
  if (words.includes('true or false') && /^(?:yes|on|no|off|true|false)$/i.test(value))
    return /^(?:yes|on|true)$/i.test(value) ? 'true' : 'false';
  const texts = choices.filter((choice): choice is string => typeof choice === 'string');
  return nearest(shownText(value), texts);
}
