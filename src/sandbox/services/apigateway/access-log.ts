import type { Scope } from '../../kernel/scope.ts';
import { appendLogEvents } from '../logs/append-log-events.ts';

/** Writes the line of a call in the format of its stage: `$context.…`, with `-` for what is not known. */
export function writeAccessLog(
  setting: { DestinationArn?: string; Format?: string } | undefined,
  context: Readonly<Record<string, string | number | undefined>>,
  stream: string,
  scope: Scope,
): void {
  const group = /:log-group:([^:]+)/.exec(setting?.DestinationArn ?? '')?.[1];
  if (!group || !setting?.Format) return;
  const line = setting.Format.replaceAll(/\$context\.([\w.]+)/g, (_found, name: string) =>
    String(context[name] ?? '-'),
  );
  appendLogEvents(scope, group, stream, [line]);
}
