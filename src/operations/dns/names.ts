import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { type LookedName, type LookPowers, lookAtName, type NameState } from './look-at-name.ts';
import { publicNames } from './public-names.ts';

/** The contract of `dns status|write --json`. */
export interface NamesOutcome {
  environment: string;
  names: ShownName[];
  dryRun: boolean;
}

export interface ShownName {
  domain: string;
  /** `services.web`. */
  of: string;
  state: NameState;
  leadsTo: string[];
  /** What has to stand in its zone: an alias record in Route 53, a CNAME (or ALIAS at a zone's own name) elsewhere. */
  record: { type: 'ALIAS' | 'CNAME'; value: string };
  /** The zone of this account; null where somebody else keeps it. */
  zone: string | null;
  /** Whether this command wrote it, or would. */
  written: boolean;
}

type Powers = LookPowers & Pick<Session, 'environment'>;

/** Only reads. `outputsOf` spares a look where the stacks are known. */
export async function lookAtNames(session: Powers, outputsOf?: OutputsOf): Promise<LookedName[]> {
  const names = await publicNames(session, outputsOf ?? (await deployed(session)).outputsOf);
  return fewAtATime(names, (name) => lookAtName(session, name));
}

export const shownName = ({ domain, of, state, leadsTo, target, zone }: LookedName, written = false): ShownName => ({
  domain,
  of,
  state,
  leadsTo,
  record: { type: zone ? 'ALIAS' : 'CNAME', value: target.host },
  zone: zone?.name ?? null,
  written,
});

/** How every host name stands; only reads. */
export async function namesStatus(session: Powers & Pick<Session, 'flags'>): Promise<NamesOutcome> {
  const names = await lookAtNames(session);
  return {
    environment: session.environment.name,
    names: names.map((name) => shownName(name)),
    dryRun: session.flags.dryRun,
  };
}
