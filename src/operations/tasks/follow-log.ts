import type { Session } from '../../context.ts';

export interface LogLine {
  /** Milliseconds since 1970. */
  at: number;
  text: string;
}

/** A stream that is read as it grows. */
export interface FollowedLog {
  /** Hands on what has come since; false when nothing had. */
  read(): Promise<boolean>;
}

/**
 * Follows one stream from its first line on: the stream may not be there yet. A log that cannot be read is said once
 * and never ends what it tells of.
 */
export function followLog(
  { aws, reporter }: Pick<Session, 'aws' | 'reporter'>,
  { group, stream }: { group: string; stream: string },
  onLine: (line: LogLine) => void,
): FollowedLog {
  let token: string | undefined;
  let silent = group === '';
  return {
    read: async () => {
      let some = false;
      while (!silent) {
        try {
          const page = await aws.logs.streamEvents(group, stream, token);
          for (const event of page?.events ?? []) onLine(event);
          some ||= (page?.events.length ?? 0) > 0;
          if (page === undefined || page.token === token) break;
          token = page.token;
        } catch (error) {
          silent = true;
          reporter.warn(`The log ${group} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return some;
    },
  };
}
