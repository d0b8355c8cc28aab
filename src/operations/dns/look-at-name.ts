import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Session } from '../../context.ts';
import { isProxied } from '../../domain/dns-proxy.ts';
import { addressesOf, nameServersIn } from '../../process/resolve-name.ts';
import type { PublicName } from './public-names.ts';

/** `proxied`: a proxy answers, and nobody sees where it leads. `unseen`: no zone of ours, and nobody who could be asked. */
export type NameState = 'right' | 'missing' | 'elsewhere' | 'proxied' | 'unseen';

export interface LookedName extends PublicName {
  state: NameState;
  /** What it leads to now, as its zone or the name servers say it. */
  leadsTo: string[];
  /** The zone of this account that it belongs to; absent: somebody else keeps it. */
  zone?: { id: string; name: string };
  /** What stands there in a zone of ours. */
  records: ResourceRecordSet[];
}

export type LookPowers = Pick<Session, 'aws' | 'target' | 'variables'>;

/** Where a name leads now: by its zone where that is ours, else by the name servers of the world. */
export async function lookAtName(
  { aws, target: { sandbox }, variables }: LookPowers,
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
  const servers = nameServersIn(variables);
  const [now, wanted] = await Promise.all([addressesOf(name.domain, servers), addressesOf(name.target.host, servers)]);
  if (now !== 'unanswered' && isProxied(now)) return { ...name, state: 'proxied', leadsTo: now, records: [] };
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
