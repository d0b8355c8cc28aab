import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const ENTRIES = 10;
/** What a request may have together everywhere; 1 MB is the limit of most regions by now, 256 KB that of the others. */
const SAFE_BYTES = 256 * 1024;
/** "The total entry size must be less than 1MB": what no region takes. */
export const TOO_LARGE_BYTES = 1024 * 1024;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
export const entryBytes = ({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry): number =>
  (Time ? 14 : 0) +
  [Source, DetailType, Detail, ...Resources].reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), 0);

/** Requests of up to ten entries and 256 KB, in the order given; an entry that is larger travels alone. */
export function inRequests<T extends { entry: PutEventsRequestEntry }>(items: readonly T[]): T[][] {
  const requests: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = entryBytes(item.entry);
    const last = requests.at(-1);
    if (last && last.length < ENTRIES && bytes + size < SAFE_BYTES) {
      last.push(item);
      bytes += size;
    } else {
      requests.push([item]);
      bytes = size;
    }
  }
  return requests;
}
