import type {
  CreateArchiveCommandInput,
  DeleteArchiveCommandInput,
  DescribeArchiveCommandInput,
  ListArchivesCommandInput,
  UpdateArchiveCommandInput,
} from '@aws-sdk/client-eventbridge';
import type { Call } from '../../../kernel/scope.ts';
import { eventPattern } from '../event-pattern.ts';
import { findBus } from '../find.ts';
import { alreadyExists, notFound, pageOf, requireValid } from '../refusals.ts';
import { type ArchiveRow, archives } from '../state.ts';

function found(name: string | undefined, call: Call): ArchiveRow {
  const row = archives.in(call).get(name ?? '');
  if (!row) throw notFound(`Archive ${name} does not exist.`);
  return row;
}

/** Kept as configuration: no event is archived, none can be replayed. */
export function createArchive(input: CreateArchiveCommandInput, call: Call) {
  const { ArchiveName: name = '', EventSourceArn = '', EventPattern } = input;
  requireValid(['archiveName', input.ArchiveName, { required: true, length: [1, 48], pattern: '[\\.\\-_A-Za-z0-9]+' }]);
  if (archives.in(call).has(name)) throw alreadyExists(`Archive ${name} already exists.`);
  findBus(EventSourceArn, call);
  if (EventPattern) eventPattern(EventPattern);
  const row = archives.in(call).put(name, {
    name,
    arn: `arn:aws:events:${call.region}:${call.account}:archive/${name}`,
    sourceArn: EventSourceArn,
    retentionDays: input.RetentionDays ?? 0,
    created: call.world.clock.stamp(),
    ...(EventPattern && { pattern: EventPattern }),
    ...(input.Description !== undefined && { description: input.Description }),
  });
  return brief(row);
}

const brief = ({ arn, created }: ArchiveRow) => ({
  ArchiveArn: arn,
  State: 'ENABLED' as const,
  CreationTime: new Date(created),
});

const listed = (row: ArchiveRow) => ({
  ArchiveName: row.name,
  EventSourceArn: row.sourceArn,
  State: 'ENABLED' as const,
  RetentionDays: row.retentionDays,
  SizeBytes: 0,
  EventCount: 0,
  CreationTime: new Date(row.created),
});

export function describeArchive({ ArchiveName }: DescribeArchiveCommandInput, call: Call) {
  const row = found(ArchiveName, call);
  return {
    ...listed(row),
    ArchiveArn: row.arn,
    ...(row.description !== undefined && { Description: row.description }),
    ...(row.pattern !== undefined && { EventPattern: row.pattern }),
  };
}

export function listArchives(input: ListArchivesCommandInput, call: Call) {
  const rows = archives
    .in(call)
    .values()
    .filter(
      ({ name, sourceArn }) =>
        name.startsWith(input.NamePrefix ?? '') &&
        (input.EventSourceArn === undefined || sourceArn === input.EventSourceArn),
    );
  const { items, end } = pageOf(rows, input);
  return { Archives: items.map(listed), ...end };
}

export function updateArchive(input: UpdateArchiveCommandInput, call: Call) {
  const { name } = found(input.ArchiveName, call);
  if (input.EventPattern) eventPattern(input.EventPattern);
  const row = archives.in(call).update(name, (draft) => {
    if (input.Description !== undefined) draft.description = input.Description;
    if (input.EventPattern !== undefined) draft.pattern = input.EventPattern;
    if (input.RetentionDays !== undefined) draft.retentionDays = input.RetentionDays;
  });
  return brief(row);
}

export function deleteArchive({ ArchiveName }: DeleteArchiveCommandInput, call: Call): Record<string, never> {
  archives.in(call).delete(found(ArchiveName, call).name);
  return {};
}
