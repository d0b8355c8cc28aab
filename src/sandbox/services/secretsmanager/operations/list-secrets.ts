import type { Filter, ListSecretsCommandInput, ListSecretsCommandOutput } from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { requireValid } from '../refusals.ts';
import { versionsToStages } from '../stages.ts';
import { type SecretRow, secrets } from '../state.ts';
import { described } from './describe-secret.ts';

export function listSecrets(input: ListSecretsCommandInput, call: Call): Answer<ListSecretsCommandOutput> {
  requireValid(['maxResults', input.MaxResults, { range: [1, 100] }]);
  const rows = secrets
    .in(call)
    .values()
    .filter(({ deletion }) => input.IncludePlannedDeletion || !deletion);
  const found = matching(rows, input.Filters ?? []);
  if (input.SortOrder === 'desc') found.reverse();
  const { items, next } = page(found, {
    size: input.MaxResults ?? 100,
    token: input.NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextTokenException', 'Invalid NextToken.');
    },
  });
  return {
    SecretList: items.map((row) => {
      const stages = versionsToStages(row);
      return { ...described(row), ...(stages && { SecretVersionsToStages: stages }) };
    }),
    ...(next !== undefined && { NextToken: next }),
  };
}

/** All filters must hold; a value that begins with `!` is one that must not match. */
export function matching(rows: readonly SecretRow[], filters: readonly Filter[]): SecretRow[] {
  return rows.filter((row) =>
    filters.every(({ Key, Values = [] }) => {
      const texts = textsOf(row, Key ?? '');
      const found = (value: string) => texts.some((text) => begins(text, value, Key));
      const unwanted = Values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
      const wanted = Values.filter((value) => !value.startsWith('!'));
      return !unwanted.some(found) && (wanted.length === 0 || wanted.some(found));
    }),
  );
}

/** Names and tags are compared with their case, the rest without (API reference, Filter). */
const begins = (text: string, value: string, key: string | undefined): boolean =>
  key === 'description' || key === 'all'
    ? text
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(value.toLowerCase())) || text.toLowerCase().startsWith(value.toLowerCase())
    : text.startsWith(value);

function textsOf(row: SecretRow, key: string): string[] {
  const tagKeys = (row.tags ?? []).map(({ Key }) => Key);
  const tagValues = (row.tags ?? []).map(({ Value }) => Value);
  const description = row.description === undefined ? [] : [row.description];
  switch (key) {
    case 'name':
      return [row.name];
    case 'description':
      return description;
    case 'tag-key':
      return tagKeys;
    case 'tag-value':
      return tagValues;
    case 'owning-service':
      return row.owningService === undefined ? [] : [row.owningService];
    case 'all':
      return [row.name, ...description, ...tagKeys, ...tagValues];
    case 'primary-region':
      return [];
    default:
      requireValid([
        'filters.1.member.key',
        key,
        { values: ['name', 'description', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'] },
      ]);
      return [];
  }
}
