import type { Target } from '@aws-sdk/client-eventbridge';
import { atPath } from './input-path.ts';
import type { RuleRow } from './state.ts';

export type EventBody = Record<string, unknown>;

/** What a target receives for an event: all of it, a part, a constant, or a text made of parts. */
export function targetInput(target: Target, event: EventBody, rule: RuleRow): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(atPath(event, target.InputPath) ?? null);
  const transformer = target.InputTransformer;
  if (!transformer) return JSON.stringify(event);

  const values: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': { ...event, detail: undefined },
    'aws.events.event.json': event,
    ...Object.fromEntries(
      Object.entries(transformer.InputPathsMap ?? {}).map(([name, path]) => [name, atPath(event, path)]),
    ),
  };
  const template = transformer.InputTemplate ?? '';
  const filled = template.replaceAll(/"?<([\w.-]+)>"?/g, (found, name: string) => {
    if (!(name in values)) return found;
    const value = values[name];
    const isQuoted = found.startsWith('"') && found.endsWith('"');
    // Within a longer text a value stands bare; alone in a JSON template texts keep their quotes.
    if (isQuoted || isAlone(template, found))
      return typeof value === 'string' && !isQuoted && !template.trim().startsWith('{')
        ? value
        : JSON.stringify(value ?? '');
    const [head, tail] = [found.startsWith('"') ? '"' : '', found.endsWith('"') ? '"' : ''];
    return head + (typeof value === 'string' ? value : JSON.stringify(value ?? '')) + tail;
  });
  return isJson(filled) ? JSON.stringify(JSON.parse(filled)) : filled;
}

/** Between a colon, comma or bracket and the next: the whole of a value. */
const isAlone = (template: string, placeholder: string): boolean => {
  const at = template.indexOf(placeholder);
  const before = template.slice(0, at).trimEnd().at(-1);
  const after = template.slice(at + placeholder.length).trimStart()[0];
  return (before === undefined || ':[,'.includes(before)) && (after === undefined || ',]}'.includes(after));
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
