import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templatesFolder } from './templates-folder.ts';

/** What an image may have to run it. */
export type Interpreter = 'node' | 'python3';

const FILES: Record<Interpreter, string> = { node: 'client.cjs', python3: 'client.py' };

/**
 * Words that run the client in any image with a shell and this interpreter, and say so where it is missing. ECS allows
 * 8,192 characters for all that a run overrides, so comments and most of the indentation stay behind.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export async function databaseClientCommand(interpreter: Interpreter): Promise<string[]> {
  const text = await readFile(join(templatesFolder(), 'database-client', FILES[interpreter]), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !/^\s*(\/\/|#)/.test(line));
  const unit = interpreter === 'python3' ? /^(?: {4})+/ : /^ +/;
  const short = lines.map((line) =>
    line.replace(unit, (deep) => (interpreter === 'python3' ? ' '.repeat(deep.length / 4) : '')),
  );
  const run = interpreter === 'node' ? 'exec node -e "$0"' : 'exec python3 -c "$0"';
  return [
    'sh',
    '-c',
    `if command -v ${interpreter} >/dev/null 2>&1; then ${run}; fi; echo 'platform-db interpreter failed {}'; exit 127`,
    short.join('\n'),
  ];
}
