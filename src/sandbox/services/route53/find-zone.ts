import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { idOf } from './names.ts';
import { records, type ZoneRow, zones } from './state.ts';

export function findZone(id: string | undefined, scope: Scope): ZoneRow {
  const row = zones.in(scope).get(idOf(id ?? ''));
  if (!row) throw new AwsFault('NoSuchHostedZone', `No hosted zone found with ID: ${idOf(id ?? '')}`, { status: 404 });
  return row;
}

export const recordsOf = (zone: string, scope: Scope) =>
  records
    .in(scope)
    .values()
    .filter((row) => row.zone === zone)
    .map(({ set }) => set);
