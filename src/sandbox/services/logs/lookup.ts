import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { groupMissing, streamMissing } from './refusals.ts';
import { type LogGroupRow, type LogStreamRow, logGroups, logStreams, streamKey } from './state.ts';

/** Throws ResourceNotFoundException. */
export function logGroup(name: string | undefined, scope: Scope): LogGroupRow {
  const row = logGroups.in(scope).get(name ?? '');
  if (!row) throw groupMissing();
  return row;
}

/** Throws ResourceNotFoundException, for the group first. */
export function logStream(group: string | undefined, name: string | undefined, scope: Scope): LogStreamRow {
  const row = logStreams.in(scope).get(streamKey(logGroup(group, scope).name, name ?? ''));
  if (!row) throw streamMissing();
  return row;
}

/** Many operations take a group by name, or by an identifier that is its name or ARN, but not both. */
export function groupNameOf({
  logGroupName,
  logGroupIdentifier,
}: {
  logGroupName?: string | undefined;
  logGroupIdentifier?: string | undefined;
}): string | undefined {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw new AwsFault('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.');
  return logGroupName ?? (logGroupIdentifier === undefined ? undefined : nameOfArn(logGroupIdentifier));
}

/** `arn:aws:logs:…:log-group:<name>` with or without `:*`, or a name as it is. */
export const nameOfArn = (identifier: string): string =>
  /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
