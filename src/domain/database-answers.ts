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
    const detail = match && parsed(match[3]!);
    return match && detail ? [{ step: match[1]!, ok: match[2] === 'ok', detail }] : [];
  });
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
