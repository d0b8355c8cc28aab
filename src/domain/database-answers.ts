import { parsedJson } from './parsed-json.ts';

/** One line of the database client. */
export interface DatabaseAnswer {
  step: string;
  ok: boolean;
  detail: Record<string, unknown>;
}

const LINE = /^platform-db (\S{1,20}) (ok|failed) (\{.*\})$/;

/** The client's lines among whatever else an image writes. */
export function databaseAnswers(lines: readonly string[]): DatabaseAnswer[] {
  return lines.flatMap((line) => {
    const match = LINE.exec(line.trim());
    const detail = match && (parsedJson(match[3]!) as DatabaseAnswer['detail'] | undefined);
    return match && detail ? [{ step: match[1]!, ok: match[2] === 'ok', detail }] : [];
  });
}
