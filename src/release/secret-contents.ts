import { createHmac, randomBytes } from 'node:crypto';
import { parsedJson } from '../domain/parsed-json.ts';
import { Secret } from '../secret.ts';

/** What a live secret holds, its values still sealed. */
export type LiveContents =
  /** Made, and never given a value. */
  | { kind: 'none' }
  | { kind: 'json'; values: ReadonlyMap<string, Secret> }
  /** Whole texts, lists and binaries: ECS finds no key in them (F-47). */
  | { kind: 'not-json'; why: string };

/** Reads a secret's text as the JSON object that keys are taken from. */
export function contentsOf(name: string, text: Secret | undefined): LiveContents {
  if (text === undefined) return { kind: 'none' };
  const parsed = parsedJson(text.reveal());
  if (parsed === undefined) return { kind: 'not-json', why: 'it is plain text, not JSON' };
  if (!isObject(parsed)) return { kind: 'not-json', why: 'it is JSON without keys' };
  const values = Object.entries(parsed).map(
    ([key, value]) => [key, new Secret(`${name}#${key}`, asText(value))] as const,
  );
  return { kind: 'json', values: new Map(values) };
}

/** The text to store: what was live with some keys set and some taken away; the others stay as they are, in their order. */
export function mergedSecret(
  name: string,
  before: Secret | undefined,
  { set, remove }: { set: ReadonlyMap<string, Secret>; remove: readonly string[] },
): Secret {
  const parsed = before && parsedJson(before.reveal());
  const kept = Object.entries(isObject(parsed) ? parsed : {}).filter(([key]) => !remove.includes(key));
  const given = [...set].map(([key, value]) => [key, value.reveal()] as const);
  return new Secret(name, JSON.stringify(Object.fromEntries([...kept, ...given])));
}

/**
 * Tells equal values from different ones without holding any: a hash under a random key that nobody else has and that
 * ends with the run, so that not even a short value can be guessed from it.
 */
export function keyedHash(): (value: Secret) => string {
  const key = randomBytes(32);
  return (value) => createHmac('sha256', key).update(value.reveal()).digest('base64');
}

/** The same for all keys of a secret; undefined for one that has none. */
export function hashedContents(): (contents: LiveContents) => Map<string, string> | undefined {
  const hash = keyedHash();
  return (contents) =>
    contents.kind === 'json' ? new Map([...contents.values].map(([key, value]) => [key, hash(value)])) : undefined;
}

/** As ECS hands a value to a container that is no text. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
