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
  // Within quotes a value stands bare, outside it is JSON: `{"state": <state>}` becomes `{"state": "on"}`.
  const filled = template.replaceAll(/<([\w.-]+)>/g, (found, name: string, at: number) => {
    if (!(name in values)) return found;
    const value = values[name] ?? '';
    const json = JSON.stringify(value);
    if (!isInString(template, at)) return json;
    return typeof value === 'string' ? json.slice(1, -1) : json.replaceAll('"', '\\"');
  });
  return isJson(filled) ? JSON.stringify(JSON.parse(filled)) : filled;
}

const isInString = (template: string, at: number): boolean =>
  (template.slice(0, at).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
