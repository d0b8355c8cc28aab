/** What `--to` names: a moment, the newest one there is, or a snapshot. */
export type RestoreTarget = { kind: 'time'; at: Date } | { kind: 'latest' } | { kind: 'snapshot'; id: string };

/** The hour's difference between two people's clocks is an hour of lost orders: a time has to say its zone. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const LIKE_A_TIME = /^\d{4}-\d{2}-\d{2}([ T].*)?$/;
/** Of automated snapshots too, `rds:…`: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshot.html */
const SNAPSHOT = /^(rds:)?[a-z](?:[a-z0-9]|-(?!-)){0,254}$/i;

/** Undefined where it is none of them; `zoneless` for a time that could mean several. */
export function restoreTarget(text: string): RestoreTarget | 'zoneless' | undefined {
  if (text === 'latest') return { kind: 'latest' };
  if (TIME.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? undefined : { kind: 'time', at };
  }
  if (LIKE_A_TIME.test(text)) return 'zoneless';
  return SNAPSHOT.test(text) ? { kind: 'snapshot', id: text.toLowerCase() } : undefined;
}
