import type { JsonObject } from '../template/template.ts';

/** `BeforeContext` and `AfterContext` are texts of JSON with scalars as text, as properties stand in a template. */
export function contextOf(properties: JsonObject): string {
  return JSON.stringify({ Properties: textual(properties) });
}

function textual(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textual);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textual(item)]));
  return String(value);
}
