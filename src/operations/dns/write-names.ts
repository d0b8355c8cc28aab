import type { Session } from '../../context.ts';
import { UNPROXY } from '../../domain/dns-proxy.ts';
import { type EnvironmentState, readState, writeState } from '../../release/environment-state.ts';
import type { ObjectStore } from '../../release/state-bucket.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import type { LookedName } from './look-at-name.ts';
import { lookAtNames, type NamesOutcome, shownName } from './names.ts';

/**
 * Writes the records of host names into zones of this account: those that are missing after a yes, and those that lead
 * elsewhere only when their name is typed, because somebody is served by them now. Running it again is safe.
 */
export async function writeNames(session: Session): Promise<NamesOutcome> {
  const { environment, flags, prompter } = session;
  const lock = await lazyLock(session, { command: 'dns write' });
  try {
    const { objects, state } = await stateOf(session);
    const names = await lookAtNames(session);
    const ours = names.filter(({ zone, state: now }) => zone && (now === 'missing' || now === 'elsewhere'));
    const common = { environment: environment.name, dryRun: flags.dryRun };
    const outcome = names.map((name) => shownName(name, ours.includes(name)));
    if (ours.length === 0) return { ...common, names: outcome };
    for (const { domain, leadsTo, target } of ours.filter(({ state: now }) => now === 'elsewhere'))
      await prompter.askTyped({
        name: `${environment.name}/dns.${domain}`,
        text: `${domain} leads to ${leadsTo.join(', ')} now. Lead it to ${target.host}?`,
      });
    const missing = ours.filter(({ state: now }) => now === 'missing').map(({ domain }) => domain);
    if (missing.length > 0)
      await prompter.ask({
        text: `Write the ${missing.length === 1 ? 'record' : 'records'} of ${missing.join(', ')}?`,
      });
    if (flags.dryRun) return { ...common, names: outcome };
    await lock.take();
    await write(session, ours, { objects, state });
    const written: typeof outcome = outcome.map((one) =>
      one.written ? { ...one, state: 'right', leadsTo: [one.record.value] } : one,
    );
    return { ...common, names: written };
  } finally {
    await lock.release();
  }
}

/**
 * What a deployment does with `dns: route53`: writes what is missing, which the configuration has agreed to, and says
 * what it may not or cannot write. `place`: the state as the deployment knows it; absent: it writes nothing.
 */
export async function namesAfterDeployment(
  session: Pick<Session, 'aws' | 'environment' | 'reporter' | 'target' | 'variables'>,
  outputsOf: OutputsOf,
  place: Place | undefined,
): Promise<void> {
  const { environment, reporter } = session;
  if (environment.blocks.dns !== 'route53') return;
  const names = await lookAtNames(session, outputsOf);
  const missing = place ? names.filter(({ zone, state }) => zone && state === 'missing') : [];
  if (place && missing.length > 0) {
    const state = await readState(place.objects, environment.name);
    await write(session, missing, { objects: place.objects, state });
    place.state.dnsRecords = state.dnsRecords;
    reporter.note(`Wrote ${missing.map(({ domain, target }) => `${domain} → ${target.host}`).join(', ')} to Route 53`);
  }
  for (const { domain, state, leadsTo, target, zone } of names) {
    if (state === 'elsewhere')
      reporter.warn(
        `${domain} leads to ${leadsTo.join(', ')} and not to ${target.host}: platform dns write --env ${environment.name} changes it`,
      );
    else if (state === 'proxied') reporter.warn(proxiedText({ domain, target }));
    else if (!zone && state === 'missing')
      reporter.warn(
        `${domain} leads nowhere, and its zone is not in this account: create ${domain} CNAME ${target.host}`,
      );
    else if (!place && state === 'missing')
      reporter.warn(`${domain} leads nowhere any more: platform dns write --env ${environment.name} writes its record`);
  }
}

/** CloudFront and load balancers have their own certificates and know their visitors: a second proxy takes both away. */
const proxiedText = ({ domain, target }: Pick<LookedName, 'domain' | 'target'>): string =>
  `${domain} is answered by Cloudflare's proxy, so that nobody sees whether it leads to ${target.host}: ${UNPROXY}`;

interface Place {
  objects: ObjectStore;
  state: EnvironmentState;
}

/** Remembered first: a record that nobody knows of would go on leading to what is long destroyed. */
async function write(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  names: readonly LookedName[],
  { objects, state }: Place,
): Promise<void> {
  for (const { domain, zone, target } of names) state.dnsRecords[domain] = { zoneId: zone!.id, host: target.host };
  await writeState(objects, environment.name, state);
  for (const { domain, zone, target, records } of names)
    await aws.route53.putAlias(zone!.id, domain, { target, instead: records });
}

/** Takes away what we wrote and what still leads to where we wrote it: it would lead to nobody, and then to anybody. */
export async function removeNames(
  { aws, reporter }: Pick<Session, 'aws' | 'reporter'>,
  { dnsRecords }: Pick<EnvironmentState, 'dnsRecords'>,
): Promise<void> {
  for (const [domain, { zoneId, host }] of Object.entries(dnsRecords)) {
    const standing = await aws.route53.recordsOf(zoneId, domain);
    const ours = standing.filter(({ AliasTarget }) => AliasTarget?.DNSName?.replace(/\.$/, '') === host);
    if (ours.length === 0) continue;
    await aws.route53.deleteRecords(zoneId, ours);
    reporter.note(`Removed the record of ${domain}, which led to ${host}`);
  }
}
