import type { Session } from '../../context.ts';
import { type PauseInput, pause } from './pause.ts';
import { type PaceOutcome, pauseFunctions, resumeFunctions } from './pause-functions.ts';
import { resume } from './resume.ts';
import type { CountsOutcome } from './scale.ts';

/** The contract of `pause --json` and `resume --json`. */
export type PausedAll = CountsOutcome & Pick<PaceOutcome, 'functions'>;

/** Pauses services and functions; what is named may be either. */
export const pauseAll = (session: Session, input: PauseInput): Promise<PausedAll> =>
  both(session, input, pause, pauseFunctions);

/** Functions after services: what they call is there again. */
export const resumeAll = (session: Session, input: Parameters<typeof resume>[1]): Promise<PausedAll> =>
  both(session, input, resume, resumeFunctions);

async function both<Input extends { services?: readonly string[] }>(
  session: Session,
  input: Input,
  ofServices: (session: Session, input: Input) => Promise<CountsOutcome>,
  ofFunctions: (session: Session, names: readonly string[] | undefined) => Promise<PaceOutcome>,
): Promise<PausedAll> {
  const { functions, services } = session.environment.blocks;
  const names = input.services;
  const ofNames = names?.filter((name) => Object.hasOwn(functions, name));
  // A name that is neither is the services' to refuse.
  const others = names?.filter((name) => Object.hasOwn(services, name) || !Object.hasOwn(functions, name));
  const counts =
    others?.length === 0
      ? { environment: session.environment.name, services: [], unchanged: [], dryRun: session.flags.dryRun }
      : await ofServices(session, { ...input, ...(others ? { services: others } : {}) });
  const paces = await ofFunctions(session, ofNames);
  return { ...counts, functions: paces.functions, unchanged: [...counts.unchanged, ...paces.unchanged] };
}
