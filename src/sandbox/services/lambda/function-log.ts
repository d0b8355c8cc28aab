import type { Scope } from '../../kernel/scope.ts';
import { appendLogEvents } from '../logs/append-log-events.ts';
import { createLogGroup } from '../logs/operations/log-groups.ts';
import { logGroups } from '../logs/state.ts';
import { roleMay } from './role.ts';
import type { LogLine } from './runtime/instance.ts';
import type { VersionRow } from './state.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

interface Line {
  message: string;
  timestamp: number;
}

/** A line as the runtime writes it: in the format that the function's log has. Undefined below its level. */
export function shownLine({ settings }: VersionRow, requestId: string, { level, text, at }: LogLine): Line | undefined {
  if (level === undefined) return { message: text, timestamp: at };
  const time = new Date(at).toISOString();
  const { LogFormat, ApplicationLogLevel = 'INFO' } = settings.LoggingConfig!;
  if (LogFormat !== 'JSON') return { message: `${time}\t${requestId}\t${level}\t${text}`, timestamp: at };
  if (LEVELS.indexOf(level) < LEVELS.indexOf(ApplicationLogLevel)) return undefined;
  return { message: JSON.stringify({ timestamp: time, level, requestId, message: text }), timestamp: at };
}

/** A line of Lambda itself. */
export const platformLine = (
  { settings }: VersionRow,
  text: string,
  type: string,
  record: object,
  timestamp = Date.now(),
): Line => {
  if (settings.LoggingConfig!.LogFormat !== 'JSON') return { message: text, timestamp };
  return { message: JSON.stringify({ time: new Date(timestamp).toISOString(), type, record }), timestamp };
};

/** Writes what the execution role is allowed to write: without a right to it, nothing is lost but the log. */
export function writeLog(row: VersionRow, stream: string, lines: readonly Line[], scope: Scope): void {
  const { Role } = row.settings;
  const group = row.settings.LoggingConfig!.LogGroup!;
  const arn = `arn:aws:logs:${scope.region}:${scope.account}:log-group:${group}`;
  if (!logGroups.in(scope).has(group)) {
    if (!roleMay(Role!, 'logs:CreateLogGroup', arn, scope)) return;
    createLogGroup(
      { logGroupName: group },
      { ...scope, requestId: 'lambda', endpoint: scope.world.endpoint, principal: Role! },
    );
  }
  const resource = `${arn}:log-stream:${stream}`;
  if (['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) => roleMay(Role!, action, resource, scope)))
    appendLogEvents(scope, group, stream, lines);
}
