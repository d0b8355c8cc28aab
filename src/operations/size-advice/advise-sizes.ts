import type { Session } from '../../context.ts';
import type { Advice } from '../../domain/size-advice/advice.ts';
import { stateOf } from '../state-of.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { databaseSizes } from './database-sizes.ts';
import { functionSizes } from './function-sizes.ts';
import { serviceSizes } from './service-sizes.ts';

/** Part of the contract of `cost --advice --json`. */
export interface SizeAdvice extends Advice {
  /** Where it stands in platform.yaml: `services.web`. */
  path: string;
  /** What is configured, by the name of the field. */
  now: Readonly<Record<string, number | string>>;
  /** What it was read from. */
  evidence: readonly string[];
  /** What a month costs more or less with it, in US dollars; null where nobody can tell, or nothing is suggested. */
  monthly: number | null;
}

/** The contract of `cost --advice --json`. */
export interface SizeAdviceOutcome {
  environment: string;
  days: number;
  advice: SizeAdvice[];
}

/** What is too large or too small by what was used. Changes nothing, and does not say what it has not seen. */
export async function adviseSizes(session: Session, { days }: { days: number }): Promise<SizeAdviceOutcome> {
  const { environment, reporter } = session;
  const advice = await reporter.step(`Looking at what ${environment.name} has used in ${days} days`, async () => {
    const [{ state }, live] = await Promise.all([stateOf(session), deployed(session)]);
    const parts = await Promise.all([
      functionSizes(session, live.outputsOf, days),
      serviceSizes(session, state, { stacks: live.stacks, days }),
      databaseSizes(session, state, days),
    ]);
    return parts.flat();
  });
  return { environment: environment.name, days, advice };
}
