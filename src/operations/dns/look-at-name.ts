import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Session } from '../../context.ts';
import { addressesOf } from '../../process/resolve-name.ts';
import type { PublicName } from './public-names.ts';

/** `unseen`: no zone of ours, and nobody who could be asked. */
export type NameState = 'right' | 'missing' | 'elsewhere' | 'unseen';

export interface LookedName extends PublicName {
  state: NameState;
  /** What it leads to now, as its zone or the name servers say it. */
  leadsTo: string[];
  /** The zone of this account that it belongs to; absent: somebody else keeps it. */
  zone?: { id: string; name: string };
  /** What stands there in a zone of ours. */
  records: ResourceRecordSet[];
}

/** Where a name leads now: by its zone where that is ours, else by the name servers of the world. */
export async function lookAtName(
  { aws, target: { sandbox } }: Pick<Session, 'aws' | 'target'>,
  name: PublicName,
): Promise<LookedName> {
  const zone = await aws.route53.zoneOf(name.domain);
  if (zone) {
    const all = await aws.route53.recordsOf(zone.Id!, name.domain);
    const records = all.filter(({ Type }) => Type === 'A' || Type === 'AAAA' || Type === 'CNAME');
    const leadsTo = [...new Set(records.flatMap(targetsOf))];
    const isRight = leadsTo.length > 0 && leadsTo.every((one) => sameHost(one, name.target.host));
    const state = records.length === 0 ? 'missing' : isRight ? 'right' : 'elsewhere';
    return { ...name, state, leadsTo, records, zone: { id: zone.Id!, name: zone.Name!.replace(/\.$/, '') } };
  }
  // Nobody outside knows the names of a rehearsal.
  if (sandbox) return { ...name, state: 'unseen', leadsTo: [], records: [] };
  const [now, wanted] = await Promise.all([addressesOf(name.domain), addressesOf(name.target.host)]);
  if (now === 'unanswered' || wanted === 'unanswered') return { ...name, state: 'unseen', leadsTo: [], records: [] };
  const state = now.length === 0 ? 'missing' : now.some((one) => wanted.includes(one)) ? 'right' : 'elsewhere';
  return { ...name, state, leadsTo: now, records: [] };
}

const targetsOf = ({ AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string[] =>
  AliasTarget ? [AliasTarget.DNSName!] : ResourceRecords.map(({ Value }) => Value!);

/** The console writes a load balancer with `dualstack.` before its name. */
const sameHost = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
