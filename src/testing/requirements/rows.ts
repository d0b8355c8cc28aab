import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Parts of the product. Rows of the first six are all to be proven: they are what gets built in AWS. */
export const AREAS = [
  'block',
  'stack',
  'function',
  'alarm',
  'output',
  'security',
  'command',
  'validation',
  'machine',
  'ci',
  'cost',
  'local',
  'docs',
  'defect',
  'conflict',
] as const;

export type Area = (typeof AREAS)[number];

export interface Row {
  /** `S3-45`: the system and its row; `D5`: a defect of an original; `C12`: a conflict between originals. */
  id: string;
  area: Area;
  what: string;
}

/** Everything that the five systems ask for, one line each: id, area, what. */
export function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, id, area, what] = /^(S[0-4]-\d{2,3}|[DC]\d{1,2}) (\S+) (.+)$/.exec(line) ?? [];
      if (!id || !AREAS.includes(area as Area)) throw new Error(`rows.txt: not "<id> <area> <what>": ${line}`);
      return { id, area: area as Area, what: what! };
    });
}

export const ROWS: readonly Row[] = rowsOf(readFileSync(join(import.meta.dirname, 'rows.txt'), 'utf8'));
