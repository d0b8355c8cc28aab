import { UNPROXY } from './dns-proxy.ts';

/** How the world sees the record that ACM waits for; `unseen`: nobody could be asked, or it is a rehearsal. */
export type RecordSight = 'right' | 'missing' | 'elsewhere' | 'proxied' | 'unseen';

/** What is wrong with it, where a person would have to know; absent: nothing that waiting does not bring. */
export function sightText(
  sight: RecordSight | null,
  { name, value }: { name: string; value: string },
): string | undefined {
  if (sight === 'proxied') return `${name} is answered by Cloudflare's proxy, and ACM never sees its CNAME: ${UNPROXY}`;
  return sight === 'elsewhere'
    ? `${name} says something else than CNAME ${value}: change it to exactly that`
    : undefined;
}
