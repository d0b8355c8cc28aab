import { AwsFault } from '../../kernel/fault.ts';

interface Entry {
  Id?: string | undefined;
}

/** Refuses a whole batch: empty, too long, ids that are malformed or come twice. */
export function checkBatch(entries: readonly Entry[], entryType: string): void {
  if (entries.length === 0)
    throw new AwsFault('EmptyBatchRequest', `There should be at least one ${entryType} in the request.`);
  if (entries.length > 10)
    throw new AwsFault(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = entries.map(({ Id = '' }) => Id);
  if (ids.some((id) => !/^[a-zA-Z0-9_-]{1,80}$/.test(id)))
    throw new AwsFault(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new AwsFault('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}

/** Does the work for each entry; what is refused becomes a failure of that entry alone. */
export function eachEntry<E extends Entry, R extends object>(entries: readonly E[], work: (entry: E) => R) {
  const Successful: (R & { Id: string })[] = [];
  const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id!, ...work(entry) });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      Failed.push({ Id: entry.Id!, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return {
    ...(Successful.length > 0 && { Successful }),
    ...(Failed.length > 0 && { Failed }),
  } as { Successful: typeof Successful; Failed: typeof Failed };
}
