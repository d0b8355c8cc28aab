import { redactedLine } from '../domain/redact.ts';
import type { Evidence } from './cause.ts';

/** What was read, fit to be shown and kept: values that are no text are shown as JSON, absence as `absent`. */
export function evidenceOf(call: string, read: string, value: unknown): Evidence {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent');
  return { call, read, value: redactedLine(text) };
}
