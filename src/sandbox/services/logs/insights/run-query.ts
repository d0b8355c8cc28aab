import { compareValues, type Expression, expression, type Fields, isTrue, type Value } from './expression.ts';
import { malformed, tokensOf } from './tokens.ts';
import { Words } from './words.ts';

export type ResultRow = { field: string; value: string }[];

interface Line {
  fields: Map<string, string>;
  /** Absent for groups of lines. */
  ptr?: string;
}

interface State {
  lines: Line[];
  /** Columns; undefined: those of a query that names none. */
  shown: string[] | undefined;
  isGrouped: boolean;
  isSorted: boolean;
  limit: number;
  /** Lines that every filter has let through. */
  matched: number;
}

type Step = (state: State) => void;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html */
const MOST = 10_000;

/** Reads a query into steps; throws `MalformedQueryException` for what is wrong, and for what is not simulated by its name. */
export function stepsOf(query: string): Step[] {
  const words = new Words(tokensOf(query));
  const steps: Step[] = [];
  if (words.ended) throw malformed('the query is empty');
  do {
    steps.push(stepOf(words));
  } while (words.takes('|'));
  if (!words.ended) throw malformed(`unexpected symbol found ${words.shown(words.next())}`);
  return steps;
}

function stepOf(words: Words): Step {
  const command = words.name().toLowerCase();
  switch (command) {
    case 'fields':
      return fieldsStep(words, true);
    case 'display':
      return fieldsStep(words, false);
    case 'filter': {
      const condition = expression(words);
      return (state) => {
        state.lines = state.lines.filter(({ fields }) => isTrue(condition.of(fields)));
        if (!state.isGrouped) state.matched = state.lines.length;
      };
    }
    case 'sort':
      return sortStep(words);
    case 'limit': {
      const token = words.next();
      const limit = token?.kind === 'number' ? Number(token.text) : Number.NaN;
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw malformed(`limit is a number from 1 to ${MOST}`);
      return (state) => {
        state.limit = limit;
      };
    }
    case 'stats':
      return statsStep(words);
    default:
      throw malformed(
        `the sandbox does not simulate the command ${command}: fields, display, filter, sort, limit and stats it does`,
      );
  }
}

interface Named {
  from: Expression;
  as: string;
}

function named(words: Words): Named {
  const from = expression(words);
  return { from, as: words.takes('as') ? words.name() : from.name };
}

const commas = <T>(words: Words, part: () => T): T[] => {
  const parts = [part()];
  while (words.takes(',')) parts.push(part());
  return parts;
};

function fieldsStep(words: Words, adds: boolean): Step {
  const wanted = commas(words, () => named(words));
  return (state) => {
    for (const { fields } of state.lines) set(fields, wanted);
    const names = wanted.map(({ as }) => as);
    state.shown = adds ? [...new Set([...(state.shown ?? []), ...names])] : names;
  };
}

function set(fields: Map<string, string>, wanted: readonly Named[]): void {
  for (const { from, as } of wanted) {
    const value = from.of(fields);
    if (value !== undefined) fields.set(as, value);
  }
}

function sortStep(words: Words): Step {
  const orders = commas(words, () => {
    const by = expression(words);
    const down = words.takes('desc');
    if (!down) words.takes('asc');
    return { by, down };
  });
  return (state) => {
    state.isSorted = true;
    state.lines.sort((one, other) => {
      for (const { by, down } of orders) {
        const order = compare(by.of(one.fields), by.of(other.fields));
        if (order !== 0) return down ? -order : order;
      }
      return 0;
    });
  };
}

/** What is not there comes last, as little as it may mean. */
function compare(one: Value, other: Value): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? -1 : 1;
  return compareValues(one, other);
}

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number | undefined>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  avg: (values) => (values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length),
  min: (values) => (values.length === 0 ? undefined : Math.min(...values)),
  max: (values) => (values.length === 0 ? undefined : Math.max(...values)),
};

interface Aggregate {
  as: string;
  of(lines: readonly Line[]): string | undefined;
}

function aggregate(words: Words): Aggregate {
  const name = words.name().toLowerCase();
  const count = AGGREGATES[name];
  if (name !== 'count' && !count)
    throw malformed(`the sandbox does not simulate ${name}(): count, sum, avg, min and max it does`);
  words.expect('(');
  const every = words.takes('*');
  const from = every ? undefined : expression(words);
  words.expect(')');
  const as = words.takes('as') ? words.name() : `${name}(${from?.name ?? '*'})`;
  const valuesOf = (lines: readonly Line[]) => lines.flatMap(({ fields }) => from?.of(fields) ?? []);
  if (!count) return { as, of: (lines) => String(from ? valuesOf(lines).length : lines.length) };
  return {
    as,
    of: (lines) => {
      const value = count(
        valuesOf(lines)
          .map(Number)
          .filter((one) => !Number.isNaN(one)),
      );
      return value === undefined ? undefined : String(value);
    },
  };
}

function statsStep(words: Words): Step {
  const counted = commas(words, () => aggregate(words));
  const by = words.takes('by') ? commas(words, () => named(words)) : [];
  return (state) => {
    if (state.isGrouped) throw malformed('the sandbox simulates one stats command in a query');
    const groups = new Map<string, { fields: Map<string, string>; lines: Line[] }>();
    for (const line of state.lines) {
      const own: [string, string][] = by.flatMap(({ from, as }) => {
        const value = from.of(line.fields);
        return value === undefined ? [] : [[as, value]];
      });
      const key = JSON.stringify(own);
      const group = groups.get(key) ?? { fields: new Map(own), lines: [] };
      group.lines.push(line);
      groups.set(key, group);
    }
    if (by.length === 0 && groups.size === 0) groups.set('', { fields: new Map(), lines: [] });
    state.lines = [...groups.values()].map(({ fields, lines }) => {
      for (const { as, of } of counted) {
        const value = of(lines);
        if (value !== undefined) fields.set(as, value);
      }
      return { fields };
    });
    state.isGrouped = true;
    state.isSorted = true;
    state.shown = [...by.map(({ as }) => as), ...counted.map(({ as }) => as)];
  };
}

/** The rows of a query over lines, each with what it has of the columns. */
export function runQuery(
  steps: readonly Step[],
  found: readonly { fields: Fields; ptr: string }[],
  most = MOST,
): { rows: ResultRow[]; matched: number } {
  const lines = found.map(({ fields, ptr }) => ({ fields: new Map(fields), ptr }));
  const state: State = {
    lines,
    shown: undefined,
    isGrouped: false,
    isSorted: false,
    limit: most,
    matched: lines.length,
  };
  for (const step of steps) step(state);
  if (!state.isSorted)
    state.lines.sort((one, other) => compare(other.fields.get('@timestamp'), one.fields.get('@timestamp')));
  const columns = state.shown ?? ['@timestamp', '@message'];
  const rows = state.lines.slice(0, state.limit).map(({ fields, ptr }) => [
    ...columns.flatMap((field) => {
      const value = fields.get(field);
      return value === undefined ? [] : [{ field, value }];
    }),
    ...(ptr === undefined ? [] : [{ field: '@ptr', value: ptr }]),
  ]);
  return { rows, matched: state.matched };
}
