import type { Filter, Tag } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { page } from '../page.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { tagsOf } from './tagging.ts';

type Value = string | number | boolean | undefined;

/** What a filter of a name looks at: one value of a row or several. */
export type Fields<Row> = Readonly<Record<string, (row: Row) => Value | readonly Value[]>>;

interface Request {
  Filters?: Filter[] | undefined;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

interface Selection<Row> {
  rows: () => Row[];
  id: (row: Row) => string;
  /** Asked for by id; each has to exist. */
  ids?: readonly string[] | undefined;
  missing: (id: string) => AwsFault;
  fields: Fields<Row>;
}

/** One page of the rows that a Describe call asks for, by ids, filters (`tag:…`, `tag-key`, `*` and `?`) and token. */
export function select<Row>(scope: Scope, request: Request, { rows, id, ids, missing, fields }: Selection<Row>) {
  ensureDefaultVpc(scope);
  const all = rows();
  const absent = (ids ?? []).find((wanted) => !all.some((row) => id(row) === wanted));
  if (absent !== undefined) throw missing(absent);
  const found = all
    .filter((row) => !ids?.length || ids.includes(id(row)))
    .filter((row) => matchesAll(request.Filters, row, fields, () => tagsOf(scope, id(row))));
  const { items, next } = onePage(found, request);
  return { items, NextToken: next };
}

/** Whether a row passes every filter of a request. */
export function matchesAll<Row>(
  filters: readonly Filter[] | undefined,
  row: Row,
  fields: Fields<Row>,
  tags: () => Tag[],
): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    const actual = valuesOf(Name, row, fields, tags);
    return Values.some((wanted) => actual.some((value) => isLike(wanted, String(value))));
  });
}

export function onePage<Row>(rows: readonly Row[], { MaxResults, NextToken }: Request) {
  if (MaxResults !== undefined && MaxResults < 5) {
    throw new AwsFault(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value greater than 5.`,
    );
  }
  return page(rows, {
    size: Math.min(MaxResults ?? 1000, 1000),
    token: NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextToken', `The token '${NextToken}' is invalid`);
    },
  });
}

function valuesOf<Row>(name: string, row: Row, fields: Fields<Row>, tags: () => Tag[]): readonly Value[] {
  if (name.startsWith('tag:'))
    return tags()
      .filter(({ Key }) => Key === name.slice(4))
      .map(({ Value }) => Value);
  if (name === 'tag-key') return tags().map(({ Key }) => Key);
  if (name === 'tag-value') return tags().map(({ Value }) => Value);
  const field = fields[name];
  if (!field) throw new AwsFault('InvalidParameterValue', `The filter '${name}' is invalid`);
  const value = field(row);
  return (Array.isArray(value) ? (value as readonly Value[]) : [value as Value]).filter((each) => each !== undefined);
}

function isLike(wanted: string, actual: string): boolean {
  if (!/[*?]/.test(wanted)) return wanted === actual;
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 's').test(actual);
}
